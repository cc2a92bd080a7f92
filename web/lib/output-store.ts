/**
 * What a task prints while it runs. Bounded: the newest `keptOutput` characters stay. A newer epoch supersedes an older one,
 * since what a dead attempt printed is no longer what happens.
 */
import { coalesce, nextFrame, type Schedule } from './frame.ts'
import { createSignal, type Signal } from './signal.ts'

export type OutputChunk = {
  readonly epoch: number
  /** UTF-16 units of this epoch before it. */
  readonly offset: number
  readonly text: string
  /** Nothing follows in this epoch. */
  readonly end: boolean
}

export type OutputView = {
  readonly epoch: number
  readonly text: string
  /** UTF-16 units before `text` that are no longer kept. */
  readonly missing: number
  readonly ended: boolean
}

export type OutputFeed = (sink: { chunk(chunk: OutputChunk): void }) => () => void

export const keptOutput = 256 * 1024
export const noOutput: OutputView = { epoch: 0, text: '', missing: 0, ended: false }

/** Follows while somebody listens. */
export function createOutputStore(feed: OutputFeed, schedule: Schedule = nextFrame): Signal<OutputView> {
  const view = createSignal(noOutput)
  let arrived: OutputChunk[] = []
  let stop: (() => void) | null = null
  let listeners = 0
  const frame = coalesce(schedule, () => {
    const chunks = arrived
    arrived = []
    view.set(chunks.reduce(append, view.get()))
  })
  return {
    get: view.get,
    subscribe(listener) {
      const unsubscribe = view.subscribe(listener)
      listeners += 1
      stop ??= feed({
        chunk(chunk) {
          arrived.push(chunk)
          frame.request()
        },
      })
      return () => {
        unsubscribe()
        listeners -= 1
        if (listeners > 0) return
        stop?.()
        stop = null
      }
    },
  }
}

/** A reconnect repeats what is kept: offsets tell what is new. */
export function append(view: OutputView, chunk: OutputChunk): OutputView {
  if (chunk.epoch < view.epoch) return view
  const before = chunk.epoch > view.epoch ? { ...noOutput, epoch: chunk.epoch, missing: chunk.offset } : view
  const end = before.missing + before.text.length
  const fresh = chunk.offset >= end ? chunk.text : chunk.text.slice(end - chunk.offset)
  const gap = Math.max(0, chunk.offset - end)
  const text = gap > 0 ? fresh : before.text + fresh
  const missing = gap > 0 ? chunk.offset : before.missing
  const excess = Math.max(0, text.length - keptOutput)
  return {
    epoch: chunk.epoch,
    text: excess > 0 ? text.slice(excess) : text,
    missing: missing + excess,
    ended: chunk.end,
  }
}
