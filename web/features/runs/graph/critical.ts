/** The way through a run that took, or takes, the longest: making anything else faster makes the run no faster. */
import { criticalPath } from '../../../../domain/run/plan.ts'
import { isTaskEnded, type Task } from '../../../../domain/run/state.ts'

/** Indices of the tasks on it, in order. `now` in milliseconds since 1970. Elements of a fan-out count as their map. */
export function criticalTasks(tasks: readonly Task[], now: number): number[] {
  const done = tasks.filter(task => task.startedAt !== null && task.endedAt !== null).map(task => lasted(task, now))
  // What is still to come is taken to last as long as what was: else the way would end where the run stands.
  const usual = done.length === 0 ? 1 : done.reduce((sum, ms) => sum + ms, 0) / done.length
  const weights = tasks.map(task =>
    task.groupIndex !== null || task.status === 'SKIPPED' || task.status === 'CANCELLED'
      ? 0
      : task.startedAt === null && !isTaskEnded(task.status)
        ? usual
        : lasted(task, now),
  )
  const needs = tasks.map(task => (task.groupIndex === null ? task.needs : []))
  return criticalPath(needs, weights).filter(index => tasks[index]?.groupIndex === null)
}

/** From when it could have begun. */
const lasted = ({ readyAt, startedAt, endedAt }: Task, now: number): number =>
  Math.max(0, (endedAt ?? now) - (readyAt ?? startedAt ?? endedAt ?? now))
