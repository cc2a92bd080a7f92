/** Who works for whom in a run: tasks below what they are a part of or were handed on from, sub-runs below the task that is one. */
import { toGlobalId } from '../../../domain/ids.ts'
import type { Run, Task } from '../../../domain/run/state.ts'
import { titleOf } from '../../lib/task-title.ts'
import type { Activities } from './activity.ts'

/** A run, and what its tasks do. */
export type Crew = { readonly run: Run; readonly activities: Activities }

export type Member = {
  readonly key: string
  readonly crew: Crew
  readonly task: Task
  readonly depth: number
  /** Whether others stand below it, and whether they are shown. */
  readonly parts: boolean
  readonly open: boolean
  /** Global id of the run that it is, where it is one. */
  readonly child: string | null
}

/** `crewOf`: the sub-runs that are known, by global id. `toggled`: open where they would be closed, and the other way round. */
export function membersOf(
  crew: Crew,
  toggled: ReadonlySet<string>,
  crewOf: (runId: string) => Crew | null,
  depth = 0,
): readonly Member[] {
  const { tasks, handoffs, id } = crew.run
  const givers = new Map(handoffs.map(({ id: handoff, fromTaskIndex }) => [handoff, fromTaskIndex]))
  const below = new Map<number | null, Task[]>()
  for (const task of tasks) {
    const above = task.groupIndex ?? givers.get(task.fromHandoffId ?? '') ?? null
    below.set(above, [...(below.get(above) ?? []), task])
  }
  const members = (above: number | null, level: number): Member[] =>
    (below.get(above) ?? []).flatMap(task => {
      const key = `${id} ${task.index}`
      const inside = below.get(task.index) ?? []
      const child = task.childRunId === null ? null : toGlobalId('Run', task.childRunId)
      const open = opensByItself(inside.length, child) !== toggled.has(key)
      const member = { key, crew, task, depth: level, parts: inside.length > 0 || child !== null, open, child }
      if (!open) return [member]
      const sub = child === null ? null : crewOf(child)
      const nested = sub === null ? [] : membersOf(sub, toggled, crewOf, level + 1)
      return [member, ...members(task.index, level + 1), ...nested]
    })
  return members(null, depth)
}

/** A sub-run is read only when somebody opens it; a crowd is not shown unasked. */
const opensByItself = (parts: number, child: string | null): boolean => child === null && parts > 0 && parts <= 40

/** Sub-runs that are shown. */
export const openChildren = (members: readonly Member[]): readonly string[] =>
  members.flatMap(({ child, open }) => (child !== null && open ? [child] : []))

/** What it waits for, in words, and the event or task that says so; null where it waits for nothing. */
export function waitingOf({ crew: { run }, task }: Member): string | null {
  if (task.status === 'READY') return 'a free worker'
  if (task.status === 'PLANNED') {
    const needs = task.needs.flatMap(index => {
      const need = run.tasks[index]
      return need === undefined || need.status === 'SUCCEEDED' ? [] : [titleOf(need)]
    })
    return needs.length === 0
      ? null
      : needs.length > 2
        ? `${needs[0]} and ${needs.length - 1} others`
        : needs.join(' and ')
  }
  if (task.status !== 'WAITING' || task.kind !== 'work') return null
  const { approvalId = null, taskIndex = null } = task.waitingFor ?? {}
  if (taskIndex !== null) return titleOf(run.tasks[taskIndex] ?? task)
  if (approvalId !== null) return `a person: ${run.approvals.find(({ id }) => id === approvalId)?.title ?? 'an answer'}`
  return `try ${task.attempt + 1}`
}
