/** The floor of delivery: `ws` alone, which sends the same bytes to every socket. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { answer } from './delivery-process.ts'

const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
const acknowledged = JSON.stringify({ type: 'connection_ack' })
let heartbeat = ''
let messages: Buffer[] = []

/** As much of the protocol as the subscribers need to begin. */
sockets.on('connection', (socket: WebSocket) => {
  socket.once('message', () => {
    socket.send(acknowledged)
    socket.once('message', () => socket.send(heartbeat))
  })
})

answer({
  async listen(given: { heartbeat: string; messages: string[] }): Promise<number> {
    heartbeat = given.heartbeat
    messages = given.messages.map(text => Buffer.from(text))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  },
  say(index: number): void {
    const message = messages[index % messages.length] ?? ''
    for (const socket of sockets.clients) socket.send(message, { binary: false })
  },
})
