import type { Task, TaskStatus } from '../../domain/run/state.ts'

/** A fan-out or a sub-run waits for what it consists of: to whoever looks, it is at work. */
export const shownStatus = (task: Task): TaskStatus =>
  task.status === 'WAITING' && task.kind !== 'work' ? 'CLAIMED' : task.status
