/** States from the log: the newest snapshot at or before the wanted seq, and the events since, read in pages. */
import type { RecordedEvent } from '../domain/run/events.ts'
import { evolve, type Run } from '../domain/run/state.ts'
import type { EventStore } from './store.ts'

/** A state is kept each time that a run's head crosses a multiple of this. Reading back costs at most about twice as many events. */
export const snapshotEvery = 2_000
const pageEvents = 1_000
/** A seq that no run reaches: Postgres keeps seq as a 32-bit integer. */
export const newest = 2 ** 31 - 1

export const crossesSnapshot = (before: number, after: number): boolean =>
  Math.floor(before / snapshotEvery) < Math.floor(after / snapshotEvery)

/**
 * The state after event `seq`, from a state that is known already or else from the newest snapshot; null where there is no
 * such run. Snapshots that are missing on the way (the process died before it kept one, or the code of the domain
 * changed) are made.
 */
export async function loadState(
  store: EventStore,
  runId: string,
  seq: number,
  known: Run | null = null,
): Promise<Run | null> {
  let run = known ?? (await store.snapshot(runId, seq))
  let kept = run?.head ?? 0
  const pageAfter = (head: number): Promise<readonly RecordedEvent[]> => {
    const page = head >= seq ? Promise.resolve([]) : store.read(runId, head, Math.min(pageEvents, seq - head))
    // Whoever awaits it hears of its failure; until then it is nobody's.
    page.catch(() => {})
    return page
  }
  let page = pageAfter(kept)
  for (;;) {
    const events = await page
    // The next page is under way while this one is folded.
    if (events.length === pageEvents) page = pageAfter(events.at(-1)?.seq ?? seq)
    for (const event of events) run = evolve(run, event)
    if (run !== null && crossesSnapshot(kept, run.head)) {
      kept = run.head
      await store.saveSnapshot(run)
    }
    if (events.length < pageEvents) return run
  }
}
