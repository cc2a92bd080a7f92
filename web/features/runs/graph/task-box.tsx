import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useTask } from '../../../lib/run-context.ts'
import { useSelectedTask, useSelectTask } from '../../../lib/run-selection.ts'
import { shownStatus } from '../../../lib/task-status.ts'
import { StatusIcon, statusTone } from '../../../ui/status.tsx'
import { Measure } from '../measure.tsx'
import css from './graph.module.css'
import { useGraph } from './graph-context.ts'

/** A task on its own. */
export const TaskBox = memo(function TaskBox({ id }: NodeProps) {
  const task = useTask(Number(id))
  const select = useSelectTask()
  const selected = useSelectedTask() === Number(id)
  const critical = useGraph().critical.has(Number(id))
  if (task === undefined) return null
  return (
    <button
      type="button"
      className={css.box}
      data-task={task.index}
      data-critical={critical || undefined}
      data-tone={statusTone(shownStatus(task))}
      data-planned={task.status === 'PLANNED' || task.status === 'SKIPPED' || undefined}
      aria-pressed={selected}
      onClick={() => select(task.index)}
    >
      <span className={css.title}>
        <StatusIcon status={shownStatus(task)} label />
        <span className={css.name}>{task.title}</span>
      </span>
      <span className={css.facts}>
        <span className={css.name}>{task.kind === 'run' ? `sub-run ${task.uses}` : task.uses}</span>
        <Measure task={task} />
      </span>
    </button>
  )
})
