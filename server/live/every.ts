/** A beat for what no event tells of: figures of the machine, which are looked at while somebody watches, and only then. */
import { createSignal, type Pulled, pulled } from '../../queues/pulled.ts'

/** One value at once, then one every so many milliseconds; a slow reader gets fewer, never several at a time. */
export function every(ms: number): Pulled<true> {
  const left = createSignal()
  let begun = false
  let closed = false
  return pulled<true>({
    async next() {
      if (begun) await left.wait(ms)
      begun = true
      return closed ? undefined : true
    },
    close() {
      closed = true
      left.raise()
    },
  })
}
