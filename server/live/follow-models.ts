/** That the state of a model or of its provider changed: calls that begin and end, breakers that open, and that close by time. */
import type { Models } from '../../agents/providers/resilience.ts'
import { createSignal, type Pulled, pulled } from '../../queues/pulled.ts'

type Watched = Pick<Models, 'state' | 'onChange'>

/** A burst of calls is one change. */
const togetherMs = 150

/** Gives one value at once, and one after each change, without end. */
export function followModels(models: Watched, now: () => number): Pulled<true> {
  const changed = createSignal()
  const stop = models.onChange(changed.raise)
  let begun = false
  let closed = false
  return pulled<true>({
    async next() {
      if (begun) {
        await changed.wait(untilRetry(models, now()))
        // What follows on its heels is told with it.
        if (!closed) await new Promise(resolve => setTimeout(resolve, togetherMs))
      }
      begun = true
      return closed ? undefined : true
    },
    close() {
      closed = true
      stop()
      changed.raise()
    },
  })
}

/** Milliseconds until a breaker lets a call through again, which nothing tells of; undefined where none is open. */
function untilRetry(models: Watched, now: number): number | undefined {
  const times = models.state().flatMap(provider => [provider, ...provider.models].flatMap(one => one.retryAt ?? []))
  return times.length === 0 ? undefined : Math.max(0, Math.min(...times) - now) + 1
}
