/**
 * Reads the events of a run for views that nobody has opened yet, a little at a time and only while the page has nothing
 * else to do. A view of 100,000 events that reads them when it is opened holds its first picture back by 50 ms and more.
 */
import { type EventLog, upTo } from './event-log.ts'
import type { Signal } from './signal.ts'

/** Calls when nothing else is to be done, and says then whether there is time for more. Returns how to call it off. */
export type Idle = (work: (more: () => boolean) => void) => () => void

/** Events between two looks at the time. */
const atOnce = 256
/** A browser says how long nobody needs it; less than this is left to whoever comes. */
const leastMs = 2

/** `readers` are given beginnings of the log, each longer than the one before. Returns how to stop. */
export function readAhead(
  view: Signal<{ readonly log: EventLog }>,
  readers: readonly ((log: EventLog) => unknown)[],
  idle: Idle = whenIdle,
): () => void {
  let read = 0
  let callOff: (() => void) | null = null
  const work = (more: () => boolean) => {
    callOff = null
    const { log } = view.get()
    while (read < log.length && more()) {
      read = Math.min(log.length, read + atOnce)
      const begun = upTo(log, read)
      for (const reader of readers) reader(begun)
    }
    ask()
  }
  const ask = () => {
    if (callOff === null && read < view.get().log.length) callOff = idle(work)
  }
  const stop = view.subscribe(ask)
  ask()
  return () => {
    stop()
    callOff?.()
  }
}

/** Where a browser does not tell when it is idle, a pause between two frames has to do. */
export const whenIdle: Idle = work => {
  if (typeof requestIdleCallback === 'function') {
    const handle = requestIdleCallback(idle => work(() => idle.timeRemaining() > leastMs))
    return () => cancelIdleCallback(handle)
  }
  const timer = setTimeout(() => {
    const until = performance.now() + leastMs
    work(() => performance.now() < until)
  }, 50)
  return () => clearTimeout(timer)
}
