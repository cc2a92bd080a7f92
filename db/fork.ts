/**
 * Forks: a new run that begins with the events of another one. Its rows are copied by Postgres itself, under the new id,
 * and what follows from them is decided and written in the same transaction: a fork is there whole or not at all. The
 * other run is only read, and may be written meanwhile: what it has, up to any event, never changes.
 *
 *   events 1…n of the other ──copy──▶ events 1…n ──fold──▶ decide(ForkRun) ──▶ RunForked at n+1 and what follows
 */
import { randomUUID } from 'node:crypto'
import { OrreryError } from '../domain/errors.ts'
import type { ForkChanges } from '../domain/fork.ts'
import { cleanJson } from '../domain/run/clean.ts'
import type { Command } from '../domain/run/commands.ts'
import { begunAt, type Run } from '../domain/run/state.ts'
import { append } from './append.ts'
import { isTemporary, type Sql } from './connect.ts'
import { decideBatch } from './decide-batch.ts'
import { childMoments, cutJournals, wholeMoment } from './fork-moment.ts'
import { loadState, newest } from './load.ts'
import type { Append, By, Committed, EventStore } from './store.ts'
import { tenantBudgets } from './tenant-budgets.ts'
import { transaction } from './transaction.ts'

export type ForkRequest = {
  /** Whoever asks for the same id again is given the same fork. */
  forkRunId: string
  fromRunId: string
  atSeq: number
  changes: ForkChanges
  /** Agents that these changes tell something else, or give other tools. */
  agents: readonly string[]
  reason: string
  /** When that was, for a sub-run of a fork: milliseconds since 1970. Absent: the time of the event. */
  at?: number
  /** The task that it is the run of; null: it stands for itself. */
  parent: { runId: string; taskIndex: number; depth: number } | null
}

export type ForkDeps = {
  sql: Sql
  store: EventStore
  /** Told after the commit, never awaited. */
  onCommitted(changes: Committed[]): void
  /** Where a test may end the process. */
  crashAt?: (point: 'before-fork-commit' | 'after-fork-commit') => void
}

export interface Forks {
  /**
   * The fork as it is now: begun, or there already. Throws OrreryError NOT_FOUND (no such run), BAD_INPUT (no such event),
   * CONFLICT (nothing was left to do), UPGRADE_REQUIRED, LIMIT_EXCEEDED (changes that no event holds), UNAVAILABLE.
   */
  fork(request: ForkRequest, by: By): Promise<Run>
}

/** Events in one statement: some hundred milliseconds of work. */
const copiedAtOnce = 10_000

export function createForks(deps: ForkDeps): Forks {
  const { sql, store, crashAt = () => {} } = deps

  const make = async (begun: Begun) => {
    const isNew = await transaction(sql, async connection => {
      const written = await write(connection, begun)
      crashAt('before-fork-commit')
      return written
    })
    crashAt('after-fork-commit')
    if (isNew) await announce(deps, begun)
  }

  return {
    async fork(request, by) {
      try {
        const known = (await store.heads([request.forkRunId])).has(request.forkRunId)
        if (!known) await make(await begin(deps, request, by))
        const run = await loadState(store, request.forkRunId, newest)
        if (run === null) throw new Error(`fork ${request.forkRunId} is gone`)
        return run
      } catch (error) {
        if (!isTemporary(error)) throw error
        // Said again under the same id, it is the same fork, whether it was written or not.
        throw new OrreryError('UNAVAILABLE', 'Postgres does not answer', { retryable: true, cause: error })
      }
    },
  }
}

type Begun = { append: Append; fromRunId: string; atSeq: number }

/** Decides what the fork begins with, on the state that the inherited events lead to. */
async function begin({ sql, store }: ForkDeps, request: ForkRequest, by: By): Promise<Begun> {
  const { fromRunId, forkRunId, changes, agents, reason, parent } = request
  const { atSeq, at } = await wholeMoment(sql, fromRunId, request.atSeq)
  const from = await loadState(store, fromRunId, atSeq)
  if (from === null) throw new OrreryError('NOT_FOUND', `there is no run ${fromRunId}`)
  const before: Run = { ...from, id: forkRunId }
  const [children, journals] = await Promise.all([childMoments(sql, from, request.at ?? at), cutJournals(sql, from)])
  const command: Command = cleanJson({
    type: 'ForkRun' as const,
    ...{ forkRunId, fromRunId, atSeq, changes, agents, reason, children, journals, parent },
  })
  return { append: decided(before, command, by), fromRunId, atSeq }
}

/** Throws what deciding throws. */
function decided(before: Run, command: Command, { actor, commandId, correlationId }: By): Append {
  const now = Date.now()
  let refusal: unknown = null
  const { append, answer } = decideBatch(
    before.id,
    before,
    [
      {
        command,
        named: commandId !== undefined,
        meta: {
          actor,
          now,
          commandId: commandId ?? randomUUID(),
          seed: Math.floor(Math.random() * 2 ** 32),
          correlationId: correlationId ?? null,
        },
        resolve: () => {},
        reject: error => {
          refusal = error
        },
      },
    ],
    now,
  )
  answer()
  if (append === null) throw refusal
  return append
}

/** False where another process was faster: then it has written the same fork, and this one nothing. */
async function write(sql: Sql, { append: made, fromRunId, atSeq }: Begun): Promise<boolean> {
  const { after } = made
  // Questions of the other run are its own: what is asked here is asked under ids of this one.
  const approvals = after.approvals.filter(one => one.seq > atSeq)
  // Lists show when the fork began, and not the run that it comes from.
  const shown = { ...after, approvals, startedAt: begunAt(after) }
  // Nobody holds a claim in it yet, so no lease begins.
  const [result] = await append(sql, [{ ...made, before: null, after: shown }], { leaseMs: 0 })
  if (result !== 'appended') return false
  await copyEvents(sql, { fromRunId, atSeq, forkRunId: after.id })
  await placeTasks(sql, after.id)
  await sql`
    update artifacts set created_at = events.at from events
    where artifacts.run_id = ${after.id} and events.run_id = artifacts.run_id and events.seq = artifacts.seq`
  if (after.budgetMicros !== null)
    await tenantBudgets({ sql, organisationId: after.organisationId }).setLimit(
      { kind: 'run', id: after.id },
      after.budgetMicros,
    )
  await sql`update runs set forked_from_run_id = ${fromRunId}, forked_at_seq = ${atSeq} where id = ${after.id}`
  return true
}

async function copyEvents(
  sql: Sql,
  { fromRunId, atSeq, forkRunId }: { fromRunId: string; atSeq: number; forkRunId: string },
) {
  for (let after = 0; after < atSeq; after += copiedAtOnce) {
    await sql`
      insert into events (run_id, seq, organisation_id, project_id, type, v, task_index, data, actor, correlation_id, causation_seq,
        command_id, command, command_named, at)
      select ${forkRunId}, seq, organisation_id, project_id, type, v, task_index, data, actor, correlation_id, causation_seq,
        command_id, command, command_named, at
      from events where run_id = ${fromRunId} and seq > ${after} and seq <= ${Math.min(atSeq, after + copiedAtOnce)}`
  }
}

/** Where in the run the events of each task lie, told by all of them: the append knew only the newest. */
const placeTasks = (sql: Sql, runId: string) => sql`
  update tasks set planned_seq = found.planned_seq, attempt_seq = found.attempt_seq, succeeded_seq = found.succeeded_seq
  from (
    select tasks.index, min(seq) filter (where type = 'TaskPlanned') as planned_seq,
      min(seq) filter (where type = 'TaskReady' and (data ->> 'attempt')::int = tasks.attempt) as attempt_seq,
      max(seq) filter (where type = 'TaskSucceeded') as succeeded_seq
    from tasks join events on events.run_id = tasks.run_id and task_index = index
    where tasks.run_id = ${runId} group by tasks.index
  ) found
  where tasks.run_id = ${runId} and tasks.index = found.index`

/** A state is kept, so that nobody has to fold all that was copied; then whoever waits for work is woken. */
async function announce({ store, onCommitted }: ForkDeps, { append: { after } }: Begun): Promise<void> {
  await store.saveSnapshot(after)
  const { id: runId, organisationId, projectId, head } = after
  onCommitted([{ runId, organisationId, projectId, head, due: true }])
}
