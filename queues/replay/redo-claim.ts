/** One claim, worked on again by its agent from the record alone. */
import { setTimeout as sleep } from 'node:timers/promises'
import { OrreryError } from '../../domain/errors.ts'
import type { Agent, BlobStore, TaskResult } from '../../domain/ports.ts'
import { cleanJson } from '../../domain/run/clean.ts'
import type { EventData } from '../../domain/run/events.ts'
import { inflate } from '../json-blobs.ts'
import { storeArtifacts } from '../store-artifacts.ts'
import type { ClaimRecord } from './claim-record.ts'
import { type Divergence, differenceOf, shown, told } from './divergence.ts'
import { createReadOnlyBlobs, createRecordedContext, type View, type World } from './recorded-context.ts'
import { createRecordedJournal, type RecordedJournal } from './recorded-journal.ts'

export type Redone = {
  divergence: Divergence | null
  /** Why not all of it could be compared; null where it could. */
  unchecked: string | null
  calls: number
  prompts: number
}

export type RedoDeps = {
  agent: Agent
  world: World
  blobs: BlobStore
  /** Milliseconds that an agent may take for all of it: it waits for nothing but its own work. */
  patienceMs: number
}

/** What others made meanwhile may have been seen or not: it diverges only where it does either way. */
export async function redoClaim(deps: RedoDeps, record: ClaimRecord): Promise<Redone> {
  const early = await redo(deps, record, 'early')
  if (early.divergence === null || !lookedAway(deps.world, record)) return early
  const late = await redo(deps, record, 'late')
  return late.divergence === null ? late : early
}

/** Whether there was anything to see or not to see while the claim was held. */
const lookedAway = ({ artifacts, trunkAfter }: World, { seq, events }: ClaimRecord): boolean => {
  const end = events.at(-1)?.seq ?? Number.POSITIVE_INFINITY
  return artifacts.some(one => one.seq > seq && one.seq < end) || trunkAfter(seq) !== trunkAfter(end)
}

async function redo({ agent, world, blobs: stored, patienceMs }: RedoDeps, record: ClaimRecord, view: View) {
  const blobs = createReadOnlyBlobs(stored)
  const journal = createRecordedJournal(record, blobs)
  const ending = new AbortController()
  try {
    const context = await createRecordedContext({ record, journal, world, blobs, view, signal: ending.signal })
    const late = sleep(patienceMs, 'late' as const, { signal: ending.signal }).catch(() => 'late' as const)
    const working = Promise.resolve()
      .then(() => agent.run(context))
      .catch((): TaskResult | null => null)
    const result = await Promise.race([working, journal.stopped, late])
    return { ...(await judge({ record, journal, blobs }, result ?? null)), ...journal.compared() }
  } finally {
    ending.abort()
  }
}

type Case = { record: ClaimRecord; journal: RecordedJournal; blobs: BlobStore }
type Verdict = Pick<Redone, 'divergence' | 'unchecked'>

/** `result`: null where the agent threw or was stopped. */
async function judge(one: Case, result: TaskResult | 'late' | null): Promise<Verdict> {
  const stop = one.journal.stop()
  if (stop !== null) {
    if (stop.kind === 'unrecorded') return { divergence: null, unchecked: stop.reason }
    return { divergence: stop.kind === 'diverged' ? stop.divergence : null, unchecked: null }
  }
  if (result === 'late') return { divergence: null, unchecked: 'it did not come to an end in time' }
  return { divergence: one.journal.missing() ?? (await compareResult(one, result)), unchecked: null }
}

/** Only where the recorded one counted: what failed may have failed in a call, or because of what came around it. */
async function compareResult({ record, blobs }: Case, result: TaskResult | null): Promise<Divergence | null> {
  const end = record.events.at(-1)
  if (end?.type !== 'TaskSucceeded') return null
  const differs = (expected: unknown, got: unknown, difference: string): Divergence => ({
    seq: end.seq,
    kind: 'result',
    taskIndex: record.task.index,
    expected: shown(expected),
    got: shown(got),
    difference,
  })
  if (result === null || !result.ok) {
    const got = result === null ? null : { error: result.failure }
    return differs(
      { ok: true },
      got,
      `the task has succeeded and would fail${result ? `: ${result.failure.message}` : ''}`,
    )
  }
  const output = await inflate(blobs, end.data.output)
  const change = differenceOf(output, cleanJson(JSON.parse(JSON.stringify(result.output))))
  if (change !== null) return differs(output, result.output, `of its output, ${told(change)}`)
  const made = await artifactsOf(blobs, result)
  const recorded = record.events.flatMap(event => (event.type === 'ArtifactCreated' ? [nameOf(event.data)] : []))
  const other = differenceOf(recorded, made)
  return other === null ? null : differs(recorded, made, `of its artifacts, ${told(other)}`)
}

const nameOf = ({ kind, title, hash }: Pick<EventData<'ArtifactCreated'>, 'kind' | 'title' | 'hash'>) => {
  return { kind, title: cleanJson(title), hash }
}

async function artifactsOf(blobs: BlobStore, { artifacts = [] }: TaskResult) {
  try {
    return (await storeArtifacts(blobs, artifacts)).map(nameOf)
  } catch (error) {
    if (error instanceof OrreryError) return { refused: error.message }
    throw error
  }
}
