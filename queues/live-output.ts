/**
 * What a task writes while it runs, for people to watch. It is no event and nobody decides by it: the newest 256 KiB per
 * (run, task, epoch) are kept for an hour, and losing them loses nothing.
 */
import { createOutputReader, type Entry, type OutputChunk } from './output-reader.ts'
import { createOutputWriter, keptOutput, nameOf, type OutputKey, type Parcel, type Send } from './output-writer.ts'
import { createSignal, type Pulled, pulled, type Signal } from './pulled.ts'
import { type LinkState, memoryLink, type RedisLinks, type Report } from './redis.ts'

export type { OutputChunk, OutputKey }

export interface LiveOutput {
  /** Collected for a moment, then sent. Never throws and never waits. */
  write(key: OutputKey, text: string): void
  /** Nothing follows. Resolves when what was written has been sent, or given up; where nothing was, at once. */
  end(key: OutputKey): Promise<void>
  /** What is kept after the offset `after`, then what comes, until the end of the epoch. `return()` ends it at once. */
  follow(key: OutputKey, after?: number): Pulled<OutputChunk>
  state(): LinkState
  close(): Promise<void>
}

const keptMs = 3_600_000
/** Entries in one read: at most 256 KiB. */
const entriesAtOnce = 16

/**
 * A stream per key, whose entries are named by the offset at which their text ends, `<end>-1`; so a reader asks for what
 * comes after its own offset, and saying the same twice changes nothing. `<end>-2` says that nothing follows.
 */
export function createRedisLiveOutput(redis: RedisLinks, report: Report = () => {}): LiveOutput {
  const { commands } = redis
  const streamOf = (key: OutputKey) => `${redis.prefix}:output:${nameOf(key)}`
  const signals = createSignals()
  const subscriber = redis.open()
  subscriber.on('message', (stream: string) => signals.raise(stream))

  const send: Send = async parcels => {
    if (commands.status !== 'ready') return
    const batch = commands.pipeline()
    for (const { key, offset, pieces, end } of parcels) {
      const stream = streamOf(key)
      let at = offset
      for (const text of pieces) {
        at += text.length
        batch.xadd(stream, `${at}-1`, 't', text)
      }
      if (end) batch.xadd(stream, `${at}-2`, 'e', '')
      if (at > keptOutput) batch.xtrim(stream, 'MINID', at - keptOutput + 1)
      batch.pexpire(stream, keptMs).publish(stream, '')
    }
    await batch.exec().catch(error => report('live output', error))
  }

  const read = async (stream: string, from: number): Promise<Entry[]> => {
    const entries = await commands.xrange(stream, from === 0 ? '-' : `(${from}-1`, '+', 'COUNT', entriesAtOnce)
    return entries.map(([id, [field = '', text = '']]) => ({
      offset: Number.parseInt(id, 10) - text.length,
      text,
      end: field === 'e',
    }))
  }

  const listen = (stream: string) => {
    const { signal, first, stop } = signals.add(stream)
    if (first) subscriber.subscribe(stream).catch(error => report('live output', error))
    return { signal, stop: () => void (stop() && subscriber.unsubscribe(stream).catch(() => {})) }
  }

  const writer = createOutputWriter(send)
  return {
    ...writer,
    follow(key, after = 0) {
      const stream = streamOf(key)
      return pulled(createOutputReader({ key, after, read: from => read(stream, from), poke: listen(stream) }))
    },
    state: redis.state,
    async close() {
      await writer.close()
      subscriber.disconnect()
    },
  }
}

/** Claims whose output the twin keeps, the oldest go first. */
const keptKeys = 1_000

/** The same within one process. */
export function createMemoryLiveOutput(): LiveOutput {
  const kept = new Map<string, Entry[]>()
  const signals = createSignals()

  const send: Send = async parcels => {
    for (const parcel of parcels) keep(parcel)
  }

  const keep = ({ key, offset, pieces, end }: Parcel) => {
    const name = nameOf(key)
    const entries = kept.get(name) ?? []
    let at = offset
    for (const text of pieces) {
      entries.push({ offset: at, text, end: false })
      at += text.length
    }
    if (end) entries.push({ offset: at, text: '', end: true })
    const gone = entries.findIndex(entry => entry.offset + entry.text.length > at - keptOutput || entry.end)
    kept.set(name, entries.slice(Math.max(0, gone)))
    for (const oldest of kept.keys()) {
      if (kept.size <= keptKeys) break
      kept.delete(oldest)
    }
    signals.raise(name)
  }

  const read = async (name: string, from: number): Promise<Entry[]> =>
    (kept.get(name) ?? []).filter(entry => entry.end || entry.offset + entry.text.length > from).slice(0, entriesAtOnce)

  const writer = createOutputWriter(send)
  return {
    ...writer,
    follow(key, after = 0) {
      const name = nameOf(key)
      return pulled(createOutputReader({ key, after, read: from => read(name, from), poke: signals.add(name) }))
    },
    state: () => memoryLink,
    close: writer.close,
  }
}

/** Signals by name. `first` and the answer of `stop` tell when a name gets its first and loses its last. */
function createSignals() {
  const all = new Map<string, Set<Signal>>()
  return {
    raise(name: string) {
      for (const signal of all.get(name) ?? []) signal.raise()
    },
    add(name: string) {
      const signal = createSignal()
      const others = all.get(name)
      if (others === undefined) all.set(name, new Set([signal]))
      else others.add(signal)
      const stop = (): boolean => {
        const left = all.get(name)
        if (left?.delete(signal) !== true || left.size > 0) return false
        return all.delete(name)
      }
      return { signal, first: others === undefined, stop }
    },
  }
}
