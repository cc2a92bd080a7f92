/**
 * Ends connections to Postgres that owe an answer and say nothing. A peer that vanished (its machine lost power, a firewall
 * forgot the connection) closes nothing: TCP would wait for a quarter of an hour, and whoever asked with it.
 *
 * What is owed is read from the protocol: every Sync and Query is answered by one ReadyForQuery, also where several are on
 * their way. A connection that owes nothing may be silent for ever.
 */
import { Socket } from 'node:net'

/** What the driver tells a maker of sockets about where to. */
type Target = { host: string[]; port: number[]; path?: string | false; ssl?: unknown }

const sync = 'S'.charCodeAt(0)
const query = 'Q'.charCodeAt(0)
const readyForQuery = 'Z'.charCodeAt(0)

/**
 * Makes sockets for the driver that close after so many milliseconds of silence while something is owed. (An
 * encrypted connection cannot be read along: there the keep-alive of the system must do.)
 */
export function createSocketOf(silenceMs: number) {
  let turn = 0
  return (target: Target): Socket => {
    const at = turn++ % target.host.length
    const host = target.host[at] ?? 'localhost'
    const socket = Object.assign(new Socket(), { host })
    if (target.path) socket.connect(target.path)
    else socket.connect(target.port[at] ?? 5432, host)
    // Afterwards: connecting restores `write`.
    if (target.ssl === undefined || target.ssl === false) endWhenSilent(socket, silenceMs)
    return socket
  }
}

function endWhenSilent(socket: Socket, silenceMs: number): void {
  // The greeting is answered like a question.
  let owed = 1
  let unheard = true
  // The first message of a client has no type.
  const sent = createFrames(1, type => {
    if (type === sync || type === query) owed++
  })
  let greeted = false
  const heard = createFrames(0, type => {
    if (type === readyForQuery) owed--
    greeted ||= type === readyForQuery
  })
  closeInOneStep(socket, () => greeted)
  const write = socket.write.bind(socket) as (chunk: Uint8Array, done?: (error?: Error | null) => void) => boolean
  socket.write = ((chunk: Uint8Array, done?: (error?: Error | null) => void) => {
    sent(chunk)
    unheard = true
    return write(chunk, done)
  }) as Socket['write']
  socket.on('data', chunk => {
    heard(chunk)
    unheard = false
  })
  // A connection that is idle runs into this again and again.
  socket.setTimeout(silenceMs)
  socket.on('timeout', () => {
    if (owed <= 0 && !unheard) return
    socket.destroy()
  })
}

/**
 * Between the error of a socket and its close the driver still sends queries on it, and never answers for them. So an
 * error is kept from it once a session has begun: a close alone fails all that is owed. (Before that, the error is what
 * tells why there is no connection.)
 */
function closeInOneStep(socket: Socket, begun: () => boolean): void {
  const emit = socket.emit.bind(socket) as (event: string | symbol, ...about: unknown[]) => boolean
  socket.emit = ((event: string | symbol, ...about: unknown[]) => {
    if (!begun()) return emit(event, ...about)
    if (event === 'error') return true
    return event === 'close' ? emit(event, false) : emit(event, ...about)
  }) as Socket['emit']
}

const headerBytes = 5

/** Calls `onType` with the type of each message of a stream that comes in any pieces: a byte, a length, and so much. */
function createFrames(known: number, onType: (type: number) => void) {
  const header = Buffer.alloc(headerBytes)
  let have = known
  let skip = 0
  return (chunk: Uint8Array): void => {
    for (let at = 0; at < chunk.length; ) {
      if (skip > 0) {
        const step = Math.min(skip, chunk.length - at)
        skip -= step
        at += step
        continue
      }
      header[have++] = chunk[at++] ?? 0
      if (have < headerBytes) continue
      onType(header[0] ?? 0)
      skip = header.readUInt32BE(1) - 4
      have = 0
    }
  }
}
