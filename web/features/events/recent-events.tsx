import type { Run } from '../../../domain/run/state.ts'
import { describe } from '../../lib/describe-event.ts'
import type { EventLog } from '../../lib/event-log.ts'
import { taskOf } from '../../lib/event-task.ts'
import { formatClock } from '../../lib/format.ts'
import { titleAt } from '../../lib/task-title.ts'
import { Inert } from '../../ui/inert.tsx'
import css from './recent.module.css'

const shown = 12

/** The last few events, newest first: what happens right now. */
export function RecentEvents({ run, log }: { run: Run; log: EventLog }) {
  const first = Math.max(0, log.length - shown)
  const events = Array.from({ length: log.length - first }, (_, index) => log.at(log.length - 1 - index))
  return (
    <ol className={css.events}>
      {events.map(event => {
        const { tone, text } = describe(event)
        const title = titleAt(run.tasks, taskOf(event))
        return (
          <li key={event.seq} className={css.event}>
            <i className={css.dot} data-tone={tone} />
            <span className={css.type}>{event.type}</span>
            <span className={css.text}>
              <Inert text={[title, text].filter(Boolean).join(': ')} limit={200} />
            </span>
            <span className={css.time}>{formatClock(event.at)}</span>
          </li>
        )
      })}
    </ol>
  )
}
