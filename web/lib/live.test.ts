import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { GraphQLError, GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, parse } from 'graphql'
import { useServer as serveSockets } from 'graphql-ws/use/ws'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { createConnectionMonitor } from './connection.ts'
import { createLive, type LiveFault } from './live.ts'

const document = parse('subscription Count($after: Int!) { count(after: $after) }') as TypedDocumentNode<
  { count: number },
  { after: number }
>

const closing: (() => void)[] = []
beforeEach(() => {
  vi.stubGlobal('WebSocket', WebSocket)
})
afterEach(() => {
  for (const close of closing.splice(0)) close()
  vi.unstubAllGlobals()
})

/** Counts on from `after`, three numbers a connection, and then says nothing any more. */
async function serve() {
  const asked: number[] = []
  const int = new GraphQLNonNull(GraphQLInt)
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { none: { type: GraphQLInt } } }),
    subscription: new GraphQLObjectType({
      name: 'Subscription',
      fields: {
        count: {
          type: int,
          args: { after: { type: int } },
          subscribe: async function* (_, { after }: { after: number }) {
            asked.push(after)
            if (after === -1) throw new GraphQLError('there is no run', { extensions: { code: 'NOT_FOUND' } })
            if (asked.length === 1 && after === -2)
              throw new GraphQLError('the database is away', { extensions: { code: 'UNAVAILABLE' } })
            for (const count of [1, 2, 3]) yield { count: after + count }
            await new Promise(() => {})
          },
        },
      },
    }),
  })
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/graphql' })
  await once(sockets, 'listening')
  serveSockets({ schema, context: () => ({}) }, sockets)
  closing.push(() => {
    for (const socket of sockets.clients) socket.terminate()
    sockets.close()
  })
  const cut = (code?: number) => {
    for (const socket of sockets.clients) code === undefined ? socket.terminate() : socket.close(code)
  }
  return { asked, cut, url: () => `ws://127.0.0.1:${(sockets.address() as AddressInfo).port}/graphql` }
}

function follow(url: string) {
  const seen: number[] = []
  const faults: LiveFault[] = []
  const goodbye = vi.fn()
  const monitor = createConnectionMonitor()
  const live = createLive(url, monitor, goodbye)
  const stop = live.subscribe(document, () => ({ after: seen.at(-1) ?? 0 }), {
    data: ({ count }) => seen.push(count),
    fault: fault => faults.push(fault),
    end: () => {},
  })
  closing.push(stop)
  return { seen, faults, goodbye, monitor, live }
}

test('a cut socket is opened anew, and the variables are asked for at that moment', async () => {
  const server = await serve()
  const { seen, monitor } = follow(server.url())
  await vi.waitFor(() => expect(seen).toEqual([1, 2, 3]))
  expect(monitor.get().up).toBe(true)
  server.cut()
  await vi.waitFor(() => expect(seen).toEqual([1, 2, 3, 4, 5, 6]), 5_000)
  expect(server.asked).toEqual([0, 3])
  expect(monitor.get()).toMatchObject({ up: true, troubled: false })
})

test('a refusal comes with its code', async () => {
  const server = await serve()
  const { live } = follow(server.url())
  const fault = vi.fn()
  closing.push(live.subscribe(document, () => ({ after: -1 }), { data: () => {}, fault, end: () => {} }))
  await vi.waitFor(() => expect(fault).toHaveBeenCalledWith({ code: 'NOT_FOUND', message: 'there is no run' }))
})

test('what passes by itself is waited out, and never told', async () => {
  const server = await serve()
  const live = createLive(server.url(), createConnectionMonitor(), () => {})
  const [data, fault] = [vi.fn(), vi.fn()]
  closing.push(live.subscribe(document, () => ({ after: -2 }), { data, fault }))
  await vi.waitFor(() => expect(data).toHaveBeenCalledTimes(3), 8_000)
  expect(server.asked).toEqual([-2, -2])
  expect(fault).not.toHaveBeenCalled()
})

test.each([4401, 4403])('closed with %i, it does not knock again', async code => {
  const server = await serve()
  const { seen, goodbye, faults } = follow(server.url())
  await vi.waitFor(() => expect(seen).toHaveLength(3))
  server.cut(code)
  await vi.waitFor(() => expect(goodbye).toHaveBeenCalled())
  await new Promise(resolve => setTimeout(resolve, 800))
  expect(server.asked).toEqual([0])
  expect(faults.map(fault => fault.code)).toEqual(['UNAUTHENTICATED'])
})
