import type { WebSocket } from 'ws'

/** A reader may stand still for a while; one that says nothing at all for so long is gone. */
const pingMs = 15_000
const silentMs = 90_000

/** Pings the socket until it is closed, and ends it when nobody is there any more. */
export function keepAlive(socket: WebSocket): void {
  let heardAt = performance.now()
  const hear = () => {
    heardAt = performance.now()
  }
  const timer = setInterval(() => {
    if (performance.now() - heardAt > silentMs) socket.terminate()
    else if (socket.readyState === socket.OPEN) socket.ping()
  }, pingMs)
  timer.unref()
  socket.on('pong', hear)
  socket.on('message', hear)
  socket.once('close', () => clearInterval(timer))
}

/** Resolves when the socket is closed, which is forced after so many milliseconds. */
export const goneWithin = (ms: number) => (socket: WebSocket) =>
  new Promise<void>(resolve => {
    const timer = setTimeout(() => {
      socket.terminate()
      resolve()
    }, ms)
    socket.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
