/** The decision that begins a fork, on the state that the inherited events lead to. */
import { OrreryError } from '../errors.ts'
import type { Json } from '../json.ts'
import type { Command, CommandMeta } from './commands.ts'
import type { Draft } from './draft.ts'
import { isInFlight, laidOver } from './forked.ts'
import { begunAt, isRunEnded, isTaskEnded, type Run, type Task } from './state.ts'
import { resolveInput } from './values.ts'

type ForkRun = Extract<Command, { type: 'ForkRun' }>

/** Throws CONFLICT where nothing is left to do; a sub-run then ends as the one that it comes from did. */
export function forkRun(draft: Draft, command: ForkRun, meta: CommandMeta): void {
  const { run } = draft
  if (run.head !== command.atSeq)
    throw new OrreryError('CONFLICT', `run ${run.id} stands at ${run.head}, and a fork begins after ${command.atSeq}`)
  const nothingLeft = run.tasks.every(task => isTaskEnded(task.status))
  if (nothingLeft && command.parent === null) throw nothingToDo(run)
  const { forkRunId, fromRunId, atSeq, changes, agents, children, journals, reason, parent } = command
  const restarted = run.tasks.filter(task => isInFlight(task) && beginsAnew(run, task, command)).map(task => task.index)
  draft.emit({
    type: 'RunForked',
    data: {
      fromRunId,
      atSeq,
      forkRunId,
      changes: changes as Json,
      reason,
      agents: [...agents],
      restarted,
      children: children.filter(one => !restarted.includes(one.taskIndex)),
      journals: [...journals],
      dueAt: dueAfter(run, meta),
      parentRunId: parent?.runId ?? null,
      parentTaskIndex: parent?.taskIndex ?? null,
      depth: parent === null ? 0 : parent.depth + 1,
    },
  })
  cancelReceivers(draft, restarted)
  if (nothingLeft) endAs(draft, run)
}

/** The newest events of tasks are the ends of those that ended: before the last one of them something was left. */
const nothingToDo = (run: Run): OrreryError => {
  const last = Math.max(...run.tasks.map(task => task.lastSeq)) - 1
  return new OrreryError('CONFLICT', `after event ${run.head} nothing is left to do, so there is nothing to fork`, {
    hint: `Fork it at an earlier event: after event ${last} something was still to be done.`,
  })
}

/** A task goes on from its journal unless what it was told is no longer so. */
function beginsAnew(run: Run, task: Task, { agents, changes }: ForkRun): boolean {
  if (agents.includes(task.uses)) return true
  const variables = laidOver(run.variables, changes.variables)
  return JSON.stringify(resolveInput(run, task)) !== JSON.stringify(resolveInput({ ...run, variables }, task))
}

/** As much time as it was given when it began. */
const dueAfter = (run: Run, { now }: CommandMeta): number | null =>
  run.dueAt === null ? null : now + (run.dueAt - begunAt(run))

/** Whoever begins anew hands its work on anew. */
function cancelReceivers(draft: Draft, givers: readonly number[]): void {
  for (const { index: taskIndex, groupIndex, fromHandoffId, status } of draft.run.tasks) {
    if (fromHandoffId === null || groupIndex === null || !givers.includes(groupIndex) || isTaskEnded(status)) continue
    draft.emit({ type: 'TaskCancelled', data: { taskIndex, reason: 'who handed this over begins anew' } })
  }
}

function endAs(draft: Draft, { status, error, id }: Run): void {
  if (!isRunEnded(status)) return
  if (status === 'CANCELLED')
    return draft.emit({ type: 'RunCancelled', data: { reason: 'the run that it comes from was cancelled' } })
  if (status === 'FAILED' && error !== null) return draft.emit({ type: 'RunFailed', data: { error } })
  if (status === 'SUCCEEDED') return draft.emit({ type: 'RunSucceeded', data: {} })
  throw new Error(`run ${id} failed without a cause`)
}
