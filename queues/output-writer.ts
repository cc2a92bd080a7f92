/**
 * Collects what tasks write and sends it in pieces, so that a chatty task costs twenty messages a second and not one a
 * line. What is written faster than it can be sent is dropped from the front; offsets go on counting.
 */
import { setTimeout as sleep } from 'node:timers/promises'

/** One claim's output. A newer epoch supersedes an older one. */
export type OutputKey = { runId: string; taskIndex: number; epoch: number }

export const nameOf = ({ runId, taskIndex, epoch }: OutputKey): string => `${runId}-${taskIndex}-${epoch}`

/** UTF-16 units that are kept of one epoch. */
export const keptOutput = 256 * 1024
/** UTF-16 units in one piece at most. */
const pieceLength = 16 * 1024
const flushMs = 50

/** Pieces that begin at the offset; `end` comes once, last. */
export type Parcel = { key: OutputKey; offset: number; pieces: readonly string[]; end: boolean }

/** Sends parcels together. Never throws. */
export type Send = (parcels: readonly Parcel[]) => Promise<void>

type Pending = { key: OutputKey; offset: number; text: string; sending: Promise<void> | null }

export function createOutputWriter(send: Send) {
  const open = new Map<string, Pending>()
  let silent: Parcel[] = []
  let sendingSilent: Promise<void> | null = null

  const pendingOf = (key: OutputKey): Pending => {
    const known = open.get(nameOf(key)) ?? { key, offset: 0, text: '', sending: null }
    open.set(nameOf(key), known)
    return known
  }

  const sendAll = async (pending: Pending) => {
    while (pending.text !== '') {
      await sleep(flushMs)
      const { key, offset, text } = pending
      pending.offset += text.length
      pending.text = ''
      await send([{ key, offset, pieces: cut(text), end: false }])
    }
    pending.sending = null
  }

  const sendSilent = async () => {
    await sleep(flushMs)
    const parcels = silent
    silent = []
    sendingSilent = null
    await send(parcels)
  }

  return {
    write(key: OutputKey, text: string): void {
      if (text === '') return
      const pending = pendingOf(key)
      const all = pending.text + text
      const dropped = Math.max(0, all.length - keptOutput)
      pending.text = all.slice(dropped)
      pending.offset += dropped
      pending.sending ??= sendAll(pending)
    },

    async end(key: OutputKey): Promise<void> {
      const pending = open.get(nameOf(key))
      if (pending === undefined) {
        // Most tasks write nothing. Their ends are told together, and nobody waits for that.
        silent.push({ key, offset: 0, pieces: [], end: true })
        sendingSilent ??= sendSilent()
        return
      }
      open.delete(nameOf(key))
      await pending.sending
      await send([{ key, offset: pending.offset, pieces: [], end: true }])
    },

    /** Resolves when what was written has been sent. */
    async close(): Promise<void> {
      await Promise.all([sendingSilent, ...[...open.values()].map(pending => pending.sending)])
    },
  }
}

/** Pieces that are small enough, never cut between the two halves of a character. */
export function cut(text: string): string[] {
  const pieces: string[] = []
  for (let from = 0; from < text.length; ) {
    let to = Math.min(text.length, from + pieceLength)
    if (to < text.length && isHighSurrogate(text.charCodeAt(to - 1))) to--
    pieces.push(text.slice(from, to))
    from = to
  }
  return pieces
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
