/** A list of runs that keeps itself up to date: a query, then what `runsChanged` says. */
import { createSignal, type Signal } from '../../lib/signal.ts'
import { comparators, matches, type RunLine, type RunQuery } from './run-query.ts'

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

/** Follows while somebody listens. A run that no longer matches what is asked leaves the list, one that now does comes in. */
export function createRunListStore(source: RunListSource, query: RunQuery): RunListStore {
  const view = createSignal<RunListView>({ state: 'loading', runs: [], next: null, fault: '' })
  let listeners = 0
  let stop: (() => void) | null = null

  /** What changed while a page was on its way. */
  let arrived: RunLine[] = []
  let loading = 0

  const add = async (after: string | null) => {
    loading += 1
    try {
      const page = await source.page(after)
      const before = view.get()
      // What was missed meanwhile may be that a run ended or no longer matches: what the page should hold and does not, goes.
      const kept = after === null ? beyond(before.runs, page, query) : before.runs
      const next = after === null && kept.length > 0 ? before.next : page.next
      const runs = merge(merge(kept, page.runs, query), arrived, query)
      view.set({ state: 'ready', runs, next, fault: '' })
    } catch (cause) {
      const fault = cause instanceof Error ? cause.message : 'The runs could not be read.'
      view.set({ ...view.get(), state: view.get().runs.length > 0 ? 'ready' : 'failed', fault })
    } finally {
      loading -= 1
      if (loading === 0) arrived = []
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
        if (loading > 0) arrived.push(...change.runs)
        if (change.runs.length > 0) view.set({ ...view.get(), runs: merge(view.get().runs, change.runs, query) })
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

/** Those that lie behind a page that is not the last one. */
function beyond(runs: readonly RunLine[], page: RunPage, { sort }: RunQuery): readonly RunLine[] {
  if (page.next === null) return []
  const order = comparators[sort === 'oldest' ? 'oldest' : 'newest']
  const last = [...page.runs].sort(order).at(-1)
  return last === undefined ? [] : runs.filter(run => order(last, run) < 0)
}

/** Of two states of one run the newer counts, in whatever order they come. */
export function merge(before: readonly RunLine[], changed: readonly RunLine[], query: RunQuery): RunLine[] {
  const byId = new Map(before.map(run => [run.id, run]))
  for (const run of changed) {
    if ((byId.get(run.id)?.head ?? 0) > run.head) continue
    if (matches(run, query)) byId.set(run.id, run)
    else byId.delete(run.id)
  }
  return [...byId.values()].sort(comparators[query.sort])
}
