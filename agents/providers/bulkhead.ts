/** At most so many at once, and at most so many waiting for their turn, in the order in which they came. */

export type Entry = 'entered' | 'full' | 'cancelled'

export function createBulkhead({ maxConcurrent, maxQueued }: { maxConcurrent: number; maxQueued: number }) {
  let inFlight = 0
  const waiting = new Set<() => void>()

  return {
    inFlight: () => inFlight,
    queued: () => waiting.size,
    /** Whoever has entered must leave, once. */
    enter(signal: AbortSignal): Promise<Entry> {
      if (signal.aborted) return Promise.resolve('cancelled')
      if (inFlight < maxConcurrent) {
        inFlight += 1
        return Promise.resolve('entered')
      }
      if (waiting.size >= maxQueued) return Promise.resolve('full')
      return new Promise(resolve => {
        const enter = () => {
          signal.removeEventListener('abort', cancel)
          resolve('entered')
        }
        const cancel = () => {
          waiting.delete(enter)
          resolve('cancelled')
        }
        waiting.add(enter)
        signal.addEventListener('abort', cancel, { once: true })
      })
    },
    /** The place goes to whoever has waited longest. */
    leave() {
      const [next] = waiting
      if (next === undefined) inFlight -= 1
      else {
        waiting.delete(next)
        next()
      }
    },
  }
}
