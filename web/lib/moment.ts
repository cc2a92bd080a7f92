/**
 * The moment of a run that its page shows: now, as it happens, or right after one of its events. Everything on the page
 * reads the view and the clock of the moment, so that all of it shows the same one.
 */
import type { RunStore, RunView } from './run-store.ts'
import { createSignal, type Signal } from './signal.ts'

export type Moment = {
  /** Seq of the last event that is shown; null: as it happens. */
  readonly seq: Signal<number | null>
  readonly view: Signal<RunView>
  /** Milliseconds since 1970: the time of that event, or the time. */
  readonly clock: Signal<number>
  go(seq: number | null): void
}

export function createMoment(store: RunStore, clock: Signal<number>): Moment {
  const seq = createSignal<number | null>(null)
  let past: RunView | null = null

  const view = (): RunView => {
    const live = store.get()
    const at = seq.get()
    if (at === null) return live
    const { run, log } = store.at(at)
    // What comes meanwhile changes nothing in the past.
    if (past?.run !== run || past.log.length !== log.length || past.phase !== live.phase) past = { ...live, run, log }
    return past
  }
  const time = (): number => {
    const { log } = view()
    return seq.get() === null || log.length === 0 ? clock.get() : log.at(log.length - 1).at
  }
  return {
    seq,
    view: { get: view, subscribe: both(store, seq) },
    clock: { get: time, subscribe: both(clock, seq) },
    go(next) {
      store.past(next !== null)
      seq.set(next)
    },
  }
}

const both =
  (one: Signal<unknown>, other: Signal<unknown>): Signal<unknown>['subscribe'] =>
  listener => {
    const stops = [one.subscribe(listener), other.subscribe(listener)]
    return () => {
      for (const stop of stops) stop()
    }
  }
