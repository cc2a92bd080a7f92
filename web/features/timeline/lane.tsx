import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { formatCount, formatSpan } from '../../lib/format.ts'
import { useTask } from '../../lib/run-context.ts'
import { TaskLink } from '../../lib/task-link.tsx'
import { shownStatus } from '../../lib/task-status.ts'
import { elementTitle, titleOf } from '../../lib/task-title.ts'
import { Inert, visibleText } from '../../ui/inert.tsx'
import { NoToggle, OutlineToggle } from '../../ui/outline.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import type { Row } from './rows.ts'
import type { Span } from './spans.ts'
import css from './timeline.module.css'

type TaskProps = {
  row: Extract<Row, { kind: 'task' }>
  selected: boolean
  /** Opens and closes the parts of a fan-out, or the calls of a task. */
  onGroup(task: number): void
  onCalls(task: number): void
}

/** The name of a row, and the way to what stands below it. */
export const TaskLane = memo(function TaskLane({ row, selected, onGroup, onCalls }: TaskProps) {
  const task = useTask(row.task)
  const map = useTask(task?.groupIndex ?? -1)
  // A task of a later moment has no row in this one.
  if (task === undefined) return <li className={css.lane} />
  const { elements, depth, open } = row.outline
  const title = map === undefined ? titleOf(task) : elementTitle(task, map)
  const [opens, toggle, what] =
    elements > 0 ? [open, onGroup, `Elements of ${title}`] : [row.open, onCalls, `Calls of ${title}`]
  return (
    <li className={css.lane} data-selected={selected || undefined} style={{ paddingInlineStart: 6 + depth * 18 }}>
      {elements > 0 || row.calls > 0 ? (
        <OutlineToggle open={opens} label={what} onToggle={() => toggle(row.task)} />
      ) : (
        <NoToggle />
      )}
      <StatusIcon status={shownStatus(task)} size={14} label />
      <TaskLink index={row.task} title={title} selected={selected} className={css.title} />
      {elements > 0 ? <span className={css.number}>{formatCount(elements)}</span> : null}
      <span className={css.number}>
        {task.startedAt !== null && task.endedAt !== null ? formatSpan(task.endedAt - task.startedAt) : ''}
      </span>
    </li>
  )
})

export const CallLane = memo(function CallLane({
  row,
  span,
}: {
  row: Extract<Row, { kind: 'call' }>
  span: Span | undefined
}) {
  return (
    <li className={css.lane} data-call style={{ paddingInlineStart: 26 + row.depth * 18 }}>
      <i className={css.kind} data-kind={span?.kind} />
      {span === undefined ? null : (
        <Link
          from="/runs/$runId"
          to="."
          search={rest => ({ ...rest, seq: span.fromSeq })}
          replace
          resetScroll={false}
          className={css.title}
          title={visibleText(span.text.slice(0, 400))}
        >
          <Inert text={span.text} limit={200} />
        </Link>
      )}
      <span className={css.number}>
        {span === undefined || span.to === null ? '' : formatSpan(span.to - span.from)}
      </span>
    </li>
  )
})
