/** The time for everything that counts seconds: one timer for the whole page, and none while nobody looks. */
import { createSignal, type Signal } from './signal.ts'

/** Milliseconds since 1970, changing once a second while somebody listens. */
export function createClock(now: () => number = Date.now): Signal<number> {
  const signal = createSignal(now())
  let timer: ReturnType<typeof setInterval> | undefined
  let listeners = 0
  return {
    get: signal.get,
    subscribe(listener) {
      const unsubscribe = signal.subscribe(listener)
      listeners += 1
      signal.set(now())
      timer ??= setInterval(() => signal.set(now()), 1_000)
      return () => {
        unsubscribe()
        listeners -= 1
        if (listeners > 0) return
        clearInterval(timer)
        timer = undefined
      }
    },
  }
}
