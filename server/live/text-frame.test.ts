import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { textFrame } from './text-frame.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

/** Frames that the next connection is sent, past the library. */
let frames: Buffer[] = []
const sockets = new WebSocketServer({ noServer: true })
const server = createServer().on('upgrade', (request, connection, head) =>
  sockets.handleUpgrade(request, connection, head, () => {
    for (const frame of frames) connection.write(frame)
  }),
)
beforeAll(() => new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** What a client makes of them, in order. */
async function received(...sent: Buffer[]): Promise<string[]> {
  frames = sent
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const heard: string[] = []
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('message', (data, isBinary) => {
      heard.push(isBinary ? 'binary' : String(data))
      if (heard.length === sent.length) resolve()
    })
  })
  socket.terminate()
  return heard
}

test('frames of every length are read as what went in, one after the other', async () => {
  const texts = [0, 1, 123, 124, 125, 65_532, 65_533, 65_534, 70_000, 3_000_000].map(length => 'x'.repeat(length))
  const heard = await received(...texts.map(text => textFrame(bytes('<'), bytes(text), bytes('>'))))
  expect(heard.map(text => text.length)).toEqual(texts.map(text => text.length + 2))
  expect(heard).toEqual(texts.map(text => `<${text}>`))
})

test('text beyond ASCII arrives as it was', async () => {
  expect(await received(textFrame(bytes('{"a":"'), bytes('ä€😀'), bytes('"}')))).toEqual(['{"a":"ä€😀"}'])
})
