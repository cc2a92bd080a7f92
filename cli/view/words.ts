/** A status as a sign, a colour and a few words. */
import type { Json } from '../../domain/json.ts'
import { isTaskEnded, type Run, type RunStatus, type Task, type TaskStatus } from '../../domain/run/state.ts'
import type { Call } from '../follow.ts'
import { count, duration, oneLine } from '../format.ts'
import type { Colour } from '../style.ts'

export type Sign = { text: string; colour: Colour }

export const taskSigns: Readonly<Record<TaskStatus, Sign>> = {
  PLANNED: { text: '·', colour: 'dim' },
  READY: { text: '○', colour: 'dim' },
  CLAIMED: { text: '▸', colour: 'cyan' },
  WAITING: { text: '◦', colour: 'cyan' },
  SUCCEEDED: { text: '✔', colour: 'green' },
  FAILED: { text: '✖', colour: 'red' },
  BLOCKED: { text: '!', colour: 'yellow' },
  SKIPPED: { text: '–', colour: 'dim' },
  CANCELLED: { text: '×', colour: 'dim' },
}

export const runSigns: Readonly<Record<RunStatus, Sign>> = {
  PENDING: { text: '○', colour: 'dim' },
  RUNNING: { text: '▸', colour: 'cyan' },
  PAUSED: { text: '‖', colour: 'yellow' },
  WAITING: { text: '?', colour: 'yellow' },
  SUCCEEDED: { text: '✔', colour: 'green' },
  FAILED: { text: '✖', colour: 'red' },
  CANCELLED: { text: '×', colour: 'yellow' },
}

/** A fan-out is named after its parts: `Analyse: {item}` is called `Analyse`. */
export const taskTitle = ({ title }: Task): string =>
  oneLine(title.replace(/[\s:–-]*\{item[^}]*\}/g, '')) || oneLine(title)

/** How long it has been at it, or was; empty before it began. */
export function taskTime(task: Task, now: number): string {
  if (task.startedAt === null) return ''
  if (task.endedAt !== null) return duration(task.endedAt - task.startedAt)
  return task.status === 'CLAIMED' || task.status === 'WAITING' ? duration(now - task.startedAt) : ''
}

/** The tool call that a task is at, and what it has written last. */
type TaskNow = { call: Call | undefined; line?: string; now: number }

/** What there is to say about a task right now, on one line. */
export function taskDetail(run: Run, task: Task, { call, line = '', now }: TaskNow): string {
  const again = task.attempt > 1 ? `attempt ${task.attempt} · ` : ''
  switch (task.status) {
    case 'PLANNED':
      return ''
    case 'READY':
      return run.status === 'PAUSED' ? 'waits: the run is paused' : `${again}waits for a worker`
    case 'CLAIMED':
      return oneLine(`${again}${line || (call?.summary ?? '')}`)
    case 'WAITING':
      return oneLine(waiting(run, task, now))
    case 'SUCCEEDED':
      return oneLine(outcome(run, task))
    case 'FAILED':
    case 'BLOCKED':
      return oneLine(task.error?.message ?? '')
    case 'SKIPPED':
    case 'CANCELLED':
      return oneLine(task.reason ?? '')
  }
}

function waiting(run: Run, task: Task, now: number): string {
  const { approvalId, taskIndex } = task.waitingFor ?? {}
  const approval = run.approvals.find(one => one.id === approvalId)
  if (approval !== undefined) return `asks a person: ${approval.title}`
  const receiver = taskIndex == null ? undefined : run.tasks[taskIndex]
  if (receiver !== undefined) return `waits for ${taskTitle(receiver)}`
  if (task.kind === 'map') {
    const parts = run.tasks.filter(one => one.groupIndex === task.index)
    return `${parts.filter(one => isTaskEnded(one.status)).length} of ${parts.length} done`
  }
  if (task.kind === 'run') return 'waits for its sub-run'
  const why = task.error === null ? '' : ` · ${task.error.message}`
  return task.dueAt === null ? `waits${why}` : `next try in ${duration(task.dueAt - now)}${why}`
}

/** What a task's output says of itself in numbers, as the agents that ship with Orrery put it. */
function outcome(run: Run, task: Task): string {
  if (task.kind === 'map') {
    const parts = run.tasks.filter(one => one.groupIndex === task.index)
    const bad = parts.filter(one => one.status !== 'SUCCEEDED').length
    return `${count(parts.length, 'part')}${bad > 0 ? `, ${bad} without a result` : ''}`
  }
  const { output } = task
  const number = (name: string): number | null => {
    const value = field(output, name)
    return typeof value === 'number' ? value : null
  }
  if (field(output, 'checked') === false) return 'not checked'
  const findings = number('findings')
  if (findings !== null) return findings === 0 ? 'nothing found' : count(findings, 'finding')
  const passed = number('passed')
  const failed = number('failed')
  if (passed !== null && failed !== null) return `${passed} passed, ${failed} failed`
  return ''
}

const field = (value: Json, name: string): Json | undefined =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && Object.hasOwn(value, name)
    ? (value as { readonly [key: string]: Json })[name]
    : undefined
