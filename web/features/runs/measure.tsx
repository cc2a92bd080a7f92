import type { Task } from '../../../domain/run/state.ts'
import { shownStatus } from '../../lib/task-status.ts'
import { Span } from '../../ui/time.tsx'
import css from './measure.module.css'

/** What there is to say about time: how long it took or takes, that it is tried again, or nothing yet. */
export function Measure({ task }: { task: Task }) {
  const { attempt, startedAt, endedAt } = task
  const status = shownStatus(task)
  const again =
    status === 'WAITING' && task.waitingFor === null
      ? `try ${attempt + 1} to come`
      : attempt > 1
        ? `try ${attempt}`
        : null
  const runs = startedAt !== null && (status === 'CLAIMED' || endedAt !== null)
  return (
    <span className={css.measure}>
      {again === null ? null : <span className={css.again}>{again}</span>}
      {runs ? <Span from={startedAt} to={endedAt} /> : null}
    </span>
  )
}
