import type { Batch } from '../../queues/batch.ts'
import type { Followers } from '../../queues/followers.ts'
import type { Pulled } from '../../queues/pulled.ts'

const marks = new WeakSet<object>()

/** What a subscription to a run's events is about. Whoever iterates it reads for itself; the fan-out reads once for many. */
export type RunEventSource = AsyncIterable<Batch> & { readonly runId: string; readonly after: number }

/** Follows nothing until it is iterated. */
export function runEventSource(followers: Followers, runId: string, after: number): RunEventSource {
  const source = { runId, after, [Symbol.asyncIterator]: (): Pulled<Batch> => followers.follow(runId, after) }
  marks.add(source)
  return source
}

export const isRunEventSource = (value: object): value is RunEventSource => marks.has(value)
