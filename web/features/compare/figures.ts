/** The figures of a run beside those of another, from where the two went apart. */
import { isTaskEnded, type Run } from '../../../domain/run/state.ts'
import { newestVersions } from '../../lib/artifact-versions.ts'
import type { EventLog } from '../../lib/event-log.ts'

export type Figures = {
  /** Milliseconds from where the two went apart; until now while it runs. */
  readonly ms: number
  /** Spent on models since then. */
  readonly micros: number
  readonly modelCalls: number
  readonly attempts: number
  readonly done: number
  readonly failed: number
  /** The mean score of the newest version of each thing that is scored; null where nothing is. */
  readonly quality: number | null
}

/** `prefix`: events that it has in common with the other one. */
export function figuresOf(run: Run, log: EventLog, { prefix, now }: { prefix: number; now: number }): Figures {
  let [micros, modelCalls, attempts] = [0, 0, 0]
  for (let index = prefix; index < log.length; index++) {
    const event = log.at(index)
    if (event.type === 'TaskClaimed') attempts += 1
    if (event.type === 'ModelCallFinished') modelCalls += 1
    if (event.type === 'ModelCallFinished' || event.type === 'ModelCallFailed') micros += event.data.costMicros
  }
  const scores = newestVersions(run.artifacts, run.tasks).flatMap(({ newest }) =>
    newest.score === null ? [] : [newest.score],
  )
  return {
    ms: (run.endedAt ?? now) - beganAt(run, log, prefix),
    micros,
    modelCalls,
    attempts,
    done: run.tasks.filter(({ status }) => isTaskEnded(status)).length,
    failed: run.tasks.filter(({ status }) => status === 'FAILED' || status === 'BLOCKED').length,
    quality: scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length,
  }
}

/** A fork begins when it was forked; its parent went on at the event after which it was. */
function beganAt(run: Run, log: EventLog, prefix: number): number {
  if (run.forkedFrom?.seq === prefix) return run.forkedFrom.at
  return prefix > 0 && prefix <= log.length ? log.at(prefix - 1).at : run.startedAt
}
