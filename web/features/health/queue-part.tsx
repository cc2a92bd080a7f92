import { Link } from '@tanstack/react-router'
import { counted, formatCount, formatMoney, formatSpan } from '../../lib/format.ts'
import { Gauge } from '../../ui/gauge.tsx'
import { Part } from '../../ui/page.tsx'
import { Stats } from '../../ui/stats.tsx'
import { Table } from '../../ui/table.tsx'
import css from './health.module.css'
import type { System } from './system.ts'

type Work = NonNullable<System['work']>

/** What waits, what is at work, and what time will bring. */
export function QueuePart({ work }: { work: System['work'] }) {
  if (work === null) return null
  return (
    <Part title="Work">
      <div className={css.figures}>
        <Stats label="Work" stats={statsOf(work)} />
      </div>
      {work.queues.length === 0 ? (
        <p className={css.muted}>No worker shows itself and nothing waits.</p>
      ) : (
        <Table
          label="Work by class"
          head={[
            { text: 'Class', wide: true },
            { text: 'At work', end: true },
            { text: 'Ready', end: true, title: 'Tasks that could begin' },
            { text: 'Told', end: true, title: 'Of these, told to workers already' },
            { text: 'Longest wait', end: true },
            { text: 'Workers', end: true },
          ]}
        >
          {work.queues.map(queue => (
            <tr key={queue.workerClass}>
              <th scope="row" data-wide>
                <span className={css.queue}>
                  {queue.workerClass}
                  <Gauge used={queue.atWork} limit={queue.slots} label={`Places of class ${queue.workerClass} taken`} />
                </span>
              </th>
              <td data-end>{`${queue.atWork} of ${queue.slots}`}</td>
              <td data-end data-tone={queue.ready > 0 && queue.slots === 0 ? 'bad' : undefined}>
                {formatCount(queue.ready)}
              </td>
              <td data-end>{formatCount(queue.ticketed)}</td>
              <td data-end>{queue.oldestMs === null ? '–' : formatSpan(queue.oldestMs)}</td>
              <td data-end>{queue.workers}</td>
            </tr>
          ))}
        </Table>
      )}
    </Part>
  )
}

function statsOf(work: Work) {
  const open = work.openRuns.reduce((sum, { count }) => sum + count, 0)
  return [
    {
      label: 'Open runs',
      value: <Link to="/">{formatCount(open)}</Link>,
      note: work.openRuns.map(({ name, count }) => `${count} ${name.toLowerCase()}`).join(', ') || 'none',
    },
    {
      label: 'Questions open',
      value: <Link to="/approvals">{formatCount(work.openApprovals)}</Link>,
      note: work.openApprovals === 0 ? 'nobody is waited for' : 'a person is waited for',
    },
    {
      label: 'Leases',
      value: formatCount(work.leasesHeld),
      note: work.leasesExpired === 0 ? 'all of them renewed' : `${counted(work.leasesExpired, 'lease')} ran out`,
      tone: work.leasesExpired > 0 ? ('wait' as const) : undefined,
    },
    {
      label: 'Timers to come',
      value: formatCount(work.timers),
      note:
        work.timersOverdue > 0
          ? `${work.timersOverdue} overdue`
          : work.nextTimerMs === null
            ? 'none is due'
            : `the next in ${formatSpan(work.nextTimerMs)}`,
      tone: work.timersOverdue > 0 ? ('bad' as const) : undefined,
    },
    {
      label: 'Held back for calls',
      value: formatMoney(Number(work.reserved)),
      note: counted(work.reservations, 'model call'),
    },
  ]
}
