/** A list of runs that keeps itself up to date: a query, then what `runsChanged` says. Newest first. */

import type { RunLineFragment } from '../../gql/graphql.ts'
import { createSignal, type Signal } from '../../lib/signal.ts'

export type RunLine = RunLineFragment
export type RunPage = { runs: readonly RunLine[]; next: string | null }
export type RunListView = {
  state: 'loading' | 'ready' | 'failed'
  runs: readonly RunLine[]
  next: string | null
  fault: string
}
export type RunListStore = Signal<RunListView> & { more(): Promise<void> }

type Change = { reload: boolean; runs: readonly RunLine[] }
export type RunListSource = {
  /** Throws Error with a message for people. */
  page(after: string | null): Promise<RunPage>
  /** Begins with `reload: true`. Returns how to stop. */
  changes(sink: (change: Change) => void): () => void
}

/** Follows while somebody listens. */
export function createRunListStore(source: RunListSource): RunListStore {
  const view = createSignal<RunListView>({ state: 'loading', runs: [], next: null, fault: '' })
  let listeners = 0
  let stop: (() => void) | null = null

  const add = async (after: string | null) => {
    try {
      const page = await source.page(after)
      const before = view.get()
      const next = after === null && before.runs.length > page.runs.length ? before.next : page.next
      view.set({ state: 'ready', runs: merge(before.runs, page.runs), next, fault: '' })
    } catch (cause) {
      const fault = cause instanceof Error ? cause.message : 'The runs could not be read.'
      view.set({ ...view.get(), state: view.get().runs.length > 0 ? 'ready' : 'failed', fault })
    }
  }
  return {
    get: view.get,
    more: async () => {
      const { next } = view.get()
      if (next !== null) await add(next)
    },
    subscribe(listener) {
      const unsubscribe = view.subscribe(listener)
      listeners += 1
      stop ??= source.changes(change => {
        if (change.runs.length > 0) view.set({ ...view.get(), runs: merge(view.get().runs, change.runs) })
        if (change.reload) void add(null)
      })
      if (view.get().state !== 'ready') void add(null)
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

/** Sub-runs are shown with their parents, not beside them. */
export function merge(before: readonly RunLine[], changed: readonly RunLine[]): RunLine[] {
  const byId = new Map(before.map(run => [run.id, run]))
  for (const run of changed) if (run.parentTaskIndex === null) byId.set(run.id, run)
  return [...byId.values()].sort((a, b) =>
    a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : a.id < b.id ? 1 : -1,
  )
}
