import type { Node, NodeProps } from '@xyflow/react'
import { memo, useMemo } from 'react'
import type { Task } from '../../../../domain/run/state.ts'
import { useTask, useTasks } from '../../../lib/run-context.ts'
import { useSelectedTask, useSelectTask } from '../../../lib/run-selection.ts'
import { tallyOf } from '../../../lib/tally.ts'
import { shownStatus } from '../../../lib/task-status.ts'
import { elementTitle, titleOf } from '../../../lib/task-title.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { StatusIcon, statusTone } from '../../../ui/status.tsx'
import { Measure } from '../measure.tsx'
import css from './graph.module.css'
import { useGraph } from './graph-context.ts'

type GroupNode = Node<{ rows: readonly number[] }>

/** A fan-out: its elements as lines inside, or as one bar where they are many. */
export const GroupBox = memo(function GroupBox({ id, data }: NodeProps<GroupNode>) {
  const map = useTask(Number(id))
  const { critical, closed, toggle } = useGraph()
  if (map === undefined) return null
  const shut = closed.has(map.index)
  return (
    <div
      className={css.group}
      data-planned={map.status === 'PLANNED' || undefined}
      data-critical={critical.has(map.index) || undefined}
      data-tone={statusTone(shownStatus(map))}
    >
      <GroupHead map={map} />
      {data.rows.length === 0 && !shut ? null : (
        <button
          type="button"
          className={css.fold}
          aria-expanded={!shut}
          aria-label={`Elements of ${titleOf(map)}`}
          onClick={() => toggle(map.index)}
        >
          <Icon name="chevron" size={12} />
        </button>
      )}
      {data.rows.length === 0 ? null : (
        <ul className={css.rows}>
          {data.rows.map(index => (
            <Element key={index} index={index} map={map} />
          ))}
        </ul>
      )}
    </div>
  )
})

function GroupHead({ map }: { map: Task }) {
  const tasks = useTasks()
  const select = useSelectTask()
  const selected = useSelectedTask() === map.index
  const tally = useMemo(() => tallyOf(tasks.filter(task => task.groupIndex === map.index)), [tasks, map.index])
  const known = tally.total > 0
  return (
    <button
      type="button"
      className={css.groupHead}
      data-task={map.index}
      aria-pressed={selected}
      onClick={() => select(map.index)}
    >
      <span className={css.title}>
        <StatusIcon status={shownStatus(map)} label />
        <span className={css.name}>{titleOf(map)}</span>
        <span className={css.count}>{known ? `${tally.ended}/${tally.total}` : 'fan-out'}</span>
      </span>
      {known ? <Progress shares={tally.shares} total={tally.total} /> : null}
    </button>
  )
}

function Element({ index, map }: { index: number; map: Task }) {
  const task = useTask(index)
  const select = useSelectTask()
  const selected = useSelectedTask() === index
  if (task === undefined) return null
  return (
    <li>
      <button type="button" className={css.row} data-task={index} aria-pressed={selected} onClick={() => select(index)}>
        <StatusIcon status={task.status} size={14} label />
        <span className={css.name}>{elementTitle(task, map)}</span>
        <Measure task={task} />
      </button>
    </li>
  )
}
