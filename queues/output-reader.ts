/** Reads one claim's output from an offset on, from wherever it is kept. */
import type { OutputKey } from './output-writer.ts'
import type { Signal, Source } from './pulled.ts'

/**
 * A piece of text. `offset` counts the UTF-16 units of this epoch before it, so that a reader can tell what it missed;
 * `end`: nothing follows in this epoch.
 */
export type OutputChunk = { epoch: number; offset: number; text: string; end: boolean }

/** What is kept: `end` stands alone, without text. */
export type Entry = { offset: number; text: string; end: boolean }

export type OutputReaderDeps = {
  key: OutputKey
  /** The offset to begin at. */
  after: number
  /** A few entries, in order, whose text goes beyond the offset, and the end where it is kept. */
  read(from: number): Promise<readonly Entry[]>
  /** Raised when something was written; `stop` ends that. */
  poke: { signal: Signal; stop(): void }
}

/** Milliseconds after which a reader looks by itself. */
const lookAgainMs = 2_000

export function createOutputReader({ key, after, read, poke }: OutputReaderDeps): Source<OutputChunk> {
  let at = after
  let closed = false
  let ended = false
  let entries: Entry[] = []

  const take = (entry: Entry): OutputChunk | undefined => {
    const text = entry.text.slice(Math.max(0, at - entry.offset))
    if (text === '' && !entry.end) return undefined
    ended = entry.end
    const offset = Math.max(at, entry.offset)
    at = offset + text.length
    return { epoch: key.epoch, offset, text, end: entry.end }
  }

  return {
    async next() {
      while (!closed && !ended) {
        const entry = entries.shift()
        const chunk = entry === undefined ? undefined : take(entry)
        if (chunk !== undefined) return chunk
        if (entries.length > 0) continue
        // Redis may be away: then there is nothing to see, and it comes back or it does not.
        entries = [...(await read(at).catch(() => []))]
        if (entries.length === 0) await poke.signal.wait(lookAgainMs)
      }
      return undefined
    },
    close() {
      closed = true
      poke.stop()
      poke.signal.raise()
    },
  }
}
