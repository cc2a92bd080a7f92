import { memo, useCallback, useMemo, useState } from 'react'
import type { Task } from '../../../domain/run/state.ts'
import { formatCount } from '../../lib/format.ts'
import type { OutlineRow } from '../../lib/outline.ts'
import { useRun, useTask, useTasks } from '../../lib/run-context.ts'
import { useSelectedTask } from '../../lib/run-selection.ts'
import { useTaskKeys } from '../../lib/task-keys.ts'
import { TaskLink } from '../../lib/task-link.tsx'
import { shownStatus } from '../../lib/task-status.ts'
import { elementTitle, titleOf } from '../../lib/task-title.ts'
import { useOutline } from '../../lib/use-outline.ts'
import outline from '../../ui/outline.module.css'
import { NoToggle, OutlineToggle } from '../../ui/outline.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { Measure } from './measure.tsx'
import css from './task-table.module.css'
import { TaskTrack } from './task-track.tsx'

const rowHeight = 36

/** The tasks as an outline: what the graph shows, for the eye that reads, the finger, and those who listen. */
export const TaskTable = memo(function TaskTable() {
  const tasks = useTasks()
  const [toggled, setToggled] = useState<ReadonlySet<number>>(new Set())
  const rows = useOutline(tasks, toggled)
  const selected = useSelectedTask()
  const place = selected === null ? -1 : rows.findIndex(row => row.index === selected)
  const toggle = useCallback((index: number) => setToggled(before => flipped(before, index)), [])
  useTaskKeys(useMemo(() => rows.map(row => row.index), [rows]))
  return (
    <section className={outline.frame} aria-label="Tasks">
      <div className={`${outline.head} ${css.head}`} aria-hidden="true">
        <span>Task</span>
        <span>Agent</span>
        <span className={css.track}>Queued and at work</span>
        <span className={css.time}>Took</span>
      </div>
      <div className={outline.list}>
        <VirtualRows
          count={rows.length}
          rowHeight={rowHeight}
          reveal={place}
          kind="list"
          label={`${formatCount(tasks.length)} tasks`}
        >
          {index => {
            const row = rows[index]
            return row === undefined ? null : (
              <TaskRow key={row.index} row={row} selected={row.index === selected} onToggle={toggle} />
            )
          }}
        </VirtualRows>
      </div>
    </section>
  )
})

function flipped(set: ReadonlySet<number>, index: number): ReadonlySet<number> {
  const next = new Set(set)
  if (!next.delete(index)) next.add(index)
  return next
}

type RowProps = { row: OutlineRow; selected: boolean; onToggle(index: number): void }

const TaskRow = memo(function TaskRow({ row, selected, onToggle }: RowProps) {
  const task = useTask(row.index)
  const map = useTask(task?.groupIndex ?? -1)
  if (task === undefined) return null
  return (
    <li className={`${outline.row} ${css.row}`} data-selected={selected || undefined} data-depth={row.depth}>
      <span className={css.name}>
        {row.elements > 0 ? (
          <OutlineToggle open={row.open} label={`Elements of ${titleOf(task)}`} onToggle={() => onToggle(row.index)} />
        ) : (
          <NoToggle />
        )}
        <StatusIcon status={shownStatus(task)} label />
        <TaskLink
          index={row.index}
          title={map === undefined ? titleOf(task) : elementTitle(task, map)}
          selected={selected}
          className={outline.link}
        />
        {row.elements > 0 ? <span className={css.count}>{formatCount(row.elements)}</span> : null}
      </span>
      <span className={css.agent}>
        {task.kind === 'work' ? task.uses : task.kind === 'run' ? `run of ${task.uses}` : ''}
      </span>
      <TrackOf task={task} />
      <span className={css.time}>
        <Measure task={task} />
      </span>
    </li>
  )
})

function TrackOf({ task }: { task: Task }) {
  const from = useRun(run => run?.startedAt ?? 0)
  const to = useRun(run => run?.endedAt ?? null)
  return (
    <span className={css.track}>
      <TaskTrack task={task} from={from} to={to} />
    </span>
  )
}
