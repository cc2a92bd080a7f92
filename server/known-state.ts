/** A run as far as this version can read it: deciding stops at an event of a newer version, reading does not. */
import { OrreryError } from '../domain/errors.ts'
import type { Run } from '../domain/run/state.ts'
import type { Context } from './context.ts'

/** `upgradeRequired`: a newer version wrote the next event, and `run` stands just before it. */
export type KnownState = { run: Run; upgradeRequired: boolean }

/** The state now, or after event `seq`; in any case not after the last one that is known. Null where there is none. */
export async function knownState(
  { services: { handle }, reads }: Pick<Context, 'services' | 'reads'>,
  runId: string,
  seq: number | 'now',
): Promise<KnownState | null> {
  try {
    return known(await (seq === 'now' ? handle.load(runId) : handle.stateAt(runId, seq)), false)
  } catch (error) {
    if (!(error instanceof OrreryError) || error.code !== 'UPGRADE_REQUIRED') throw error
    // Only now: nearly all runs are known to their end, and cost no statement more.
    const last = await reads.events.lastKnown(runId)
    return last === null || last === 0 ? null : known(await handle.stateAt(runId, last), true)
  }
}

const known = (run: Run | null, upgradeRequired: boolean): KnownState | null =>
  run === null ? null : { run, upgradeRequired }
