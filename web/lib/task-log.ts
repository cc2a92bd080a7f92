import type { EventLog } from './event-log.ts'
import { taskOf } from './event-task.ts'
import { countBelow } from './log-filter.ts'

/** The events about one task, as a log of their own. */
export type TaskLogs = (log: EventLog, task: number) => EventLog

/**
 * Takes a log apart by tasks, each event once: whoever opens the panel of a task reads what is about it, and not the
 * hundred thousand events of its run.
 */
export function createTaskLogs(): TaskLogs {
  const places: number[][] = []
  let seen = 0
  return (log, task) => {
    for (; seen < log.length; seen++) {
      const of = taskOf(log.at(seen))
      if (of === null) continue
      places[of] ??= []
      places[of].push(seen)
    }
    const own = places[task] ?? []
    return { length: countBelow(own, log.length), at: index => log.at(own[index] ?? log.length) }
  }
}
