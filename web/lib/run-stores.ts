/** The stores of runs and of live outputs: one for each, for everybody who asks, and forgotten when many others came after. */
import { RunEventsDocument, TaskOutputDocument } from './documents.ts'
import type { Live } from './live.ts'
import { createOutputStore, type OutputView } from './output-store.ts'
import { createRunStore, type RunStore } from './run-store.ts'
import type { Signal } from './signal.ts'
import { createEventReader } from './wire.ts'

/** Runs that are kept, so that going back to one shows it at once. */
const keptRuns = 6
const keptOutputs = 12

export function createRunStores(live: Live): (runId: string) => RunStore {
  return recent(keptRuns, runId => {
    const read = createEventReader()
    return createRunStore((after, sink) =>
      live.subscribe(RunEventsDocument, () => ({ runId, after: after() }), {
        data: ({ runEvents }) => sink.batch({ ...runEvents, events: runEvents.events.map(read) }),
        fault: sink.fault,
        end: sink.end,
      }),
    )
  })
}

export function createOutputStores(live: Live): (runId: string, taskIndex: number) => Signal<OutputView> {
  const store = recent(keptOutputs, key => {
    const [runId = '', taskIndex] = key.split(' ')
    return createOutputStore(sink =>
      live.subscribe(TaskOutputDocument, () => ({ runId, taskIndex: Number(taskIndex) }), {
        data: ({ taskOutput }) => sink.chunk(taskOutput),
        // Output is for watching: where there is none any more, nothing is said.
        fault: () => {},
        end: () => {},
      }),
    )
  })
  return (runId, taskIndex) => store(`${runId} ${taskIndex}`)
}

/** Makes each value once and keeps the `limit` that were asked for last. */
export function recent<T>(limit: number, make: (key: string) => T): (key: string) => T {
  const kept = new Map<string, T>()
  return key => {
    const value = kept.get(key) ?? make(key)
    kept.delete(key)
    kept.set(key, value)
    const [oldest] = kept.keys()
    if (kept.size > limit && oldest !== undefined) kept.delete(oldest)
    return value
  }
}
