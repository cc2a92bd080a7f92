import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Outlet } from './fan-out.ts'
import { textFrame } from './text-frame.ts'

const brace = Buffer.from('}')

/**
 * `next` messages of one subscription, framed around results that are JSON already. They are written to the connection
 * itself, between the frames of `ws`, which writes each of its own whole.
 */
export function createOutlet(socket: WebSocket, connection: Duplex, id: string): Outlet {
  const head = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`)
  return {
    send: json =>
      new Promise(resolve => {
        if (socket.readyState !== socket.OPEN) return resolve()
        connection.write(textFrame(head, json, brace), () => resolve())
      }),
    push: json => {
      if (socket.readyState === socket.OPEN) connection.write(textFrame(head, json, brace))
    },
    unsent: () => connection.writableLength,
  }
}
