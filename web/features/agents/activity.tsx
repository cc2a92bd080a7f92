import { Link } from '@tanstack/react-router'
import type { AgentsAtWorkQuery } from '../../gql/graphql.ts'
import { cut, visibleText } from '../../ui/inert.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import { Span } from '../../ui/time.tsx'
import css from './agents.module.css'

export type AtWork = AgentsAtWorkQuery['agents'][number]['atWork'][number]

/** Longer than a line of a list nobody reads. */
const shownCharacters = 160

/** A task that is at work: what it does at this moment, in the words of its newest event, which the link leads to. */
export function Activity({ activity }: { activity: AtWork }) {
  const { task, seq, doing, with: tool } = activity
  const startedAt = task.startedAt === null ? null : Date.parse(task.startedAt)
  return (
    <span className={css.activity}>
      <StatusIcon status="CLAIMED" size={14} label />
      {task.run === null ? (
        <span>{task.title}</span>
      ) : (
        <Link
          to="/runs/$runId"
          params={{ runId: task.run.id }}
          search={{ tab: 'events', seq, of: task.index }}
          className={css.figure}
        >
          {task.title}
        </Link>
      )}
      <span className={css.doing}>
        {[tool, visibleText(cut(doing, shownCharacters))].filter(word => word !== '').join(': ') || 'has begun'}
      </span>
      {task.run === null ? null : <span className={css.run}>{task.run.title}</span>}
      {startedAt === null ? null : <Span from={startedAt} to={null} />}
    </span>
  )
}
