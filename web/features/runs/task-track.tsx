import type { Task } from '../../../domain/run/state.ts'
import { formatSpan } from '../../lib/format.ts'
import { useNow } from '../../lib/hooks.ts'
import { shownStatus } from '../../lib/task-status.ts'
import { statusTone } from '../../ui/status.tsx'
import css from './task-track.module.css'

/** When a task waited and when it was at work, on the time of the whole run. Milliseconds since 1970. */
export function TaskTrack({ task, from, to }: { task: Task; from: number; to: number | null }) {
  const now = useNow(to === null && task.readyAt !== null && task.endedAt === null)
  const end = Math.max(to ?? now, from + 1_000)
  if (task.readyAt === null) return null
  const begun = task.startedAt ?? task.endedAt ?? end
  const done = task.endedAt ?? end
  const at = (moment: number) => `${(Math.min(1, Math.max(0, (moment - from) / (end - from))) * 100).toFixed(2)}%`
  const width = (first: number, last: number) => `${((Math.max(0, last - first) / (end - from)) * 100).toFixed(2)}%`
  const ran = task.startedAt === null || task.status === 'READY' ? null : done - task.startedAt
  return (
    <span
      className={css.track}
      role="img"
      aria-label={`queued ${formatSpan(begun - task.readyAt)}${ran === null ? '' : `, at work ${formatSpan(ran)}`}`}
    >
      <i
        className={css.queued}
        style={{ left: at(task.readyAt), width: width(task.readyAt, ran === null ? done : begun) }}
      />
      {ran === null ? null : (
        <i
          className={css.ran}
          data-tone={statusTone(shownStatus(task))}
          style={{ left: at(begun), width: width(begun, done) }}
        />
      )}
    </span>
  )
}
