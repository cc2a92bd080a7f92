/** What the state of a run at one of its events does not tell about that moment, and a fork must know. */
import type { ApprovalKind } from '../domain/approval.ts'
import { OrreryError } from '../domain/errors.ts'
import type { RunMoment } from '../domain/fork.ts'
import { isInFlight } from '../domain/run/forked.ts'
import type { Run } from '../domain/run/state.ts'
import type { Sql } from './connect.ts'

/**
 * Events without which those before them, of the same command, tell half of what was decided: half of a plan, work that was
 * offered to nobody, a message that was read by nobody.
 */
const inseparable = ['TaskPlanned', 'TaskReset', 'TaskSentBack', 'HandoffRefused', 'MessageHandled', 'ToolCallFinished']

export type Moment = {
  /** The event after which the fork begins: the wanted one, or the end of a plan that it stands in. */
  atSeq: number
  /** Its time, in milliseconds since 1970; of the newest event of a run: now. */
  at: number
}

/** Throws NOT_FOUND, and BAD_INPUT where the run has no such event. */
export async function wholeMoment(sql: Sql, runId: string, atSeq: number): Promise<Moment> {
  const [run] = await sql<{ head: number; next: number | null; at: Date | null }[]>`
    select head, next.seq as next, (select at from events where run_id = runs.id and seq = next.seq - 1) as at
    from runs left join lateral (
      select seq from events where run_id = runs.id and seq > ${Math.max(0, Math.min(atSeq, 2 ** 31 - 1))}
        and not (command_id is null and type = any(${inseparable})) order by seq limit 1) as next on true
    where id = ${runId}`
  if (run === undefined) throw new OrreryError('NOT_FOUND', `there is no run ${runId}`)
  if (atSeq < 1 || atSeq > run.head) throw new OrreryError('BAD_INPUT', `atSeq: must be 1 … ${run.head}, not ${atSeq}`)
  if (run.next === null || run.at === null) return { atSeq: run.head, at: Date.now() }
  return { atSeq: run.next - 1, at: run.at.getTime() }
}

/** For each task that was a run of its own then: the newest event of that run which was there by the same time, `at`. */
export async function childMoments(sql: Sql, run: Run, at: number): Promise<({ taskIndex: number } & RunMoment)[]> {
  const open = run.tasks.filter(task => task.kind === 'run' && isInFlight(task) && task.childRunId !== null)
  if (open.length === 0) return []
  const rows = await sql<{ taskIndex: number; runId: string; seq: number }[]>`
    select child.index as "taskIndex", child.run_id as "runId", newest.seq
    from unnest(${open.map(task => task.index)}::int[], ${open.map(task => task.childRunId)}::uuid[]) as child(index, run_id)
    cross join lateral (
      select seq from events where run_id = child.run_id and at <= ${new Date(at).toISOString()}::timestamptz order by seq desc limit 1) as newest
    order by child.index`
  return rows.map(row => ({ ...row, at }))
}

type Asked = { taskIndex: number; attempt: number; call: number; approvalId: string | null }

/**
 * Of which journals only the beginning counts. A person's yes is not inherited: where nothing was done yet with the one
 * that a task was given last, it is asked again; and so is a yes to publish, because what is written outside bears the
 * name of the run. An answer to a plain question stays.
 */
export async function cutJournals(sql: Sql, run: Run): Promise<{ taskIndex: number; calls: number }[]> {
  const open = run.tasks.filter(task => isInFlight(task) && task.calls > 0)
  if (open.length === 0) return []
  const asked = await sql<Asked[]>`
    select answer.task_index as "taskIndex", (data ->> 'attempt')::int as attempt, (data ->> 'call')::int as call, (
      select data ->> 'forApprovalId' from events question
      where question.run_id = ${run.id} and question.seq < answer.seq and question.task_index = answer.task_index
        and question.type = 'TaskSuspended' and question.data ->> 'call' = answer.data ->> 'call'
      order by seq desc limit 1) as "approvalId"
    from events answer
    where run_id = ${run.id} and seq <= ${run.head} and type = 'ToolCallFinished' and data ->> 'tool' = 'ask'
      and task_index = any(${open.map(task => task.index)}::int[])
    order by seq`
  return open.flatMap(({ index: taskIndex, attempt, calls }) => {
    const own = asked.filter(one => one.taskIndex === taskIndex && one.attempt === attempt)
    const cut = own.find(
      one => isSpentByName(kindOf(run, one)) || (one.call === calls - 1 && isAuthority(kindOf(run, one))),
    )
    return cut === undefined ? [] : [{ taskIndex, calls: cut.call }]
  })
}

/** null: nobody knows any more what the question was. */
const kindOf = (run: Run, { approvalId }: Asked): ApprovalKind | null =>
  run.approvals.find(one => one.id === approvalId)?.kind ?? null

const isSpentByName = (kind: ApprovalKind | null): boolean => kind === 'push'
const isAuthority = (kind: ApprovalKind | null): boolean => kind !== 'question'
