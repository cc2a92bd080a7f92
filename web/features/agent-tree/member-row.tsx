import { Link } from '@tanstack/react-router'
import { toGlobalId } from '../../../domain/ids.ts'
import { EventsLink } from '../../lib/events-link.tsx'
import { formatMoney } from '../../lib/format.ts'
import { TaskLink } from '../../lib/task-link.tsx'
import { shownStatus } from '../../lib/task-status.ts'
import { elementTitle, titleOf } from '../../lib/task-title.ts'
import { AgentMark } from '../../ui/agent-mark.tsx'
import { Inert, visibleText } from '../../ui/inert.tsx'
import outline from '../../ui/outline.module.css'
import { NoToggle, OutlineToggle } from '../../ui/outline.tsx'
import { StatusIcon, statusWord } from '../../ui/status.tsx'
import { Span } from '../../ui/time.tsx'
import type { Activity } from './activity.ts'
import css from './agent-tree.module.css'
import { type Member, waitingOf } from './team.ts'

type Props = {
  member: Member
  activity: Activity | undefined
  /** Of the run whose page this is, and not of one within it. */
  own: boolean
  selected: boolean
  onToggle(key: string): void
}

export function MemberRow({ member, activity, own, selected, onToggle }: Props) {
  const { task, crew, depth, parts, open } = member
  const map = task.groupIndex === null ? undefined : crew.run.tasks[task.groupIndex]
  const title = map === undefined ? titleOf(task) : elementTitle(task, map)
  const spent = task.spentMicros > 0
  return (
    <li className={`${outline.row} ${css.row}`} data-selected={selected || undefined}>
      <span className={css.who} style={{ paddingInlineStart: depth * 22 }}>
        {parts ? (
          <OutlineToggle open={open} label={`Those who work for ${title}`} onToggle={() => onToggle(member.key)} />
        ) : (
          <NoToggle />
        )}
        <StatusIcon status={shownStatus(task)} label />
        <span className={css.names}>
          {own ? (
            <TaskLink index={task.index} title={title} selected={selected} className={outline.link} />
          ) : (
            <Link
              to="/runs/$runId"
              params={{ runId: toGlobalId('Run', crew.run.id) }}
              search={{ task: task.index }}
              className={outline.link}
            >
              {title}
            </Link>
          )}
          <span className={css.agent}>
            <AgentMark name={task.uses} size={11} />
            {task.kind === 'run' ? `run of ${task.uses}` : task.kind === 'map' ? 'fan-out' : task.uses}
          </span>
        </span>
      </span>
      <Doing member={member} activity={activity} own={own} />
      <span className={css.model}>
        {activity?.model ?? ''}
        {activity?.simulated && !activity.model?.startsWith('simulated/') ? ' (simulated)' : ''}
      </span>
      <span className={css.cost}>
        {!spent ? (
          ''
        ) : own ? (
          <EventsLink types={['ModelCallFinished', 'ModelCallFailed']} task={task.index}>
            {formatMoney(task.spentMicros)}
          </EventsLink>
        ) : (
          formatMoney(task.spentMicros)
        )}
      </span>
      <span className={css.time}>
        {task.startedAt === null ? '' : <Span from={task.startedAt} to={task.endedAt} />}
      </span>
    </li>
  )
}

/** What it does now; else what it waits for; else how it stands. */
function Doing({ member, activity, own }: { member: Member; activity: Activity | undefined; own: boolean }) {
  const waits = waitingOf(member)
  const status = shownStatus(member.task)
  const working = status === 'CLAIMED'
  if (member.child !== null)
    return (
      <span className={css.doing}>
        <Link to="/runs/$runId" params={{ runId: member.child }} className={css.child}>
          a run of its own
        </Link>
      </span>
    )
  return (
    <span className={css.doing} data-open={(working && activity?.open) || undefined}>
      {waits !== null ? (
        <span className={css.waits}>waits for {waits}</span>
      ) : activity !== undefined && activity.text !== '' && own ? (
        <EventsLink seq={activity.seq} title={visibleText(activity.text.slice(0, 400))}>
          <Inert text={activity.text} limit={200} />
        </EventsLink>
      ) : (
        activity?.text || statusWord(status).toLowerCase()
      )}
    </span>
  )
}
