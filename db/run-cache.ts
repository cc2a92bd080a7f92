import type { Run } from '../domain/run/state.ts'

/** States by run, least recently used first out. Bounded by what they hold: a run weighs its tasks and artifacts. */
export function createRunCache(maxWeight = 100_000) {
  const runs = new Map<string, Run>()
  let weight = 0
  const weigh = (run: Run) => 10 + run.tasks.length + run.artifacts.length

  const drop = (runId: string) => {
    const run = runs.get(runId)
    if (run === undefined) return
    weight -= weigh(run)
    runs.delete(runId)
  }
  return {
    get(runId: string): Run | undefined {
      const run = runs.get(runId)
      if (run === undefined) return undefined
      runs.delete(runId)
      runs.set(runId, run)
      return run
    },
    set(run: Run): void {
      drop(run.id)
      runs.set(run.id, run)
      weight += weigh(run)
      for (const oldest of runs.keys()) {
        if (weight <= maxWeight || runs.size === 1) break
        drop(oldest)
      }
    },
    drop,
  }
}
export type RunCache = ReturnType<typeof createRunCache>
