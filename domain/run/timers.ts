/**
 * Time is durable: what must happen later is a timer derived from the state, kept as a row, and fired as a command.
 * A timer's name says what it was set for, so that one which time has overtaken decides nothing.
 */
import type { CommandMeta } from './commands.ts'
import { expireApproval } from './decide-approval.ts'
import { expireHandoff } from './decide-handoff.ts'
import { failAttempt } from './decide-task.ts'
import type { Draft } from './draft.ts'
import { cancelTasks } from './reset.ts'
import { isRunEnded, type Run, type Task } from './state.ts'

export type Timer = { name: string; taskIndex: number | null; dueAt: number }

/** The deadline of the run; null where there is none. */
export const runTimer = (run: Run): Timer | null =>
  run.dueAt === null || isRunEnded(run.status) ? null : { name: 'deadline', taskIndex: null, dueAt: run.dueAt }

/** What a task waits for: the end of its claim, its next try, or a deadline of what it asked for. At most one. */
export function taskTimer(task: Task): Timer | null {
  if (task.dueAt === null) return null
  if (task.waitingFor !== null)
    return { name: `waiting:${task.index}:${task.epoch}:${task.dueAt}`, taskIndex: task.index, dueAt: task.dueAt }
  if (task.kind !== 'work') return null
  if (task.status === 'CLAIMED')
    return { name: `timeout:${task.index}:${task.epoch}`, taskIndex: task.index, dueAt: task.dueAt }
  if (task.status === 'WAITING')
    return { name: `retry:${task.index}:${task.attempt}:${task.epoch}`, taskIndex: task.index, dueAt: task.dueAt }
  return null
}

export function fireTimer(draft: Draft, name: string, meta: CommandMeta): void {
  if (name === 'deadline') return fireDeadline(draft, meta)
  const index = Number(name.split(':')[1])
  const task = draft.run.tasks[index]
  const timer = task === undefined ? null : taskTimer(task)
  if (task === undefined || timer?.name !== name) return
  if (task.waitingFor?.approvalId != null) return expireApproval(draft, task.waitingFor.approvalId, meta)
  if (task.waitingFor !== null) return expireHandoff(draft, task)
  if (task.status === 'WAITING')
    return draft.emit({ type: 'TaskReady', data: { taskIndex: index, attempt: task.attempt + 1 } })
  const message = `attempt ${task.attempt} did not end within ${task.timeoutMs / 1_000} s`
  failAttempt(
    draft,
    task,
    {
      code: 'TIMEOUT',
      message,
      hint: 'Raise timeoutMs of the step, or see in its output what it waited for.',
      retryable: true,
    },
    meta,
  )
}

function fireDeadline(draft: Draft, meta: CommandMeta): void {
  const { run } = draft
  if (isRunEnded(run.status) || run.dueAt === null || meta.now < run.dueAt) return
  const message = `the run did not end within ${Math.round((run.dueAt - run.startedAt) / 1_000)} s`
  cancelTasks(draft, run.tasks, message)
  draft.emit({
    type: 'RunFailed',
    data: {
      error: {
        code: 'TIMEOUT',
        message,
        hint: 'Start it with a longer timeout, or retry its last task.',
        retryable: false,
      },
    },
  })
}
