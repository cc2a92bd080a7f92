import { type Client, createClient } from 'graphql-ws/client'
import { WebSocket } from 'ws'
import type { Connection } from './connection.ts'

/** Connects with the first subscription, and never again by itself: a new connection has to ask for what comes after the last seq. */
export const openSocket = ({ url, key }: Connection, onConnected: () => void = () => {}): Client =>
  createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    on: { connected: onConnected },
    connectionParams: { authorization: `Bearer ${key}` },
    retryAttempts: 0,
    shouldRetry: () => false,
  })
