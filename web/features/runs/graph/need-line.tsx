import { BaseEdge, type Edge, type EdgeProps, getBezierPath, getSmoothStepPath } from '@xyflow/react'
import { memo } from 'react'
import { isTaskEnded, type Run } from '../../../../domain/run/state.ts'
import { useRun } from '../../../lib/run-context.ts'
import css from './graph.module.css'
import { useGraph } from './graph-context.ts'

/** `turn`: where it leads on to another line, how high it turns back. */
type NeedEdge = Edge<{ turn: number | null }>

/** A need: faint until it is met, plain afterwards, and in colour while what needed it is at work. */
export const NeedLine = memo(function NeedLine(props: EdgeProps<NeedEdge>) {
  const state = useRun(run => lineState(run, Number(props.source), Number(props.target)))
  const { critical } = useGraph()
  const along = critical.has(Number(props.source)) && critical.has(Number(props.target))
  const turn = props.data?.turn ?? null
  const [path] =
    turn === null
      ? getBezierPath({ ...props, curvature: 0.35 })
      : getSmoothStepPath({ ...props, centerY: turn, offset: 14, borderRadius: 12 })
  return <BaseEdge path={path} className={`${css.line} ${css[along ? 'critical' : state]}`} />
})

function lineState(run: Run | null, from: number, to: number): 'unmet' | 'met' | 'active' {
  const [need, task] = [run?.tasks[from], run?.tasks[to]]
  if (need === undefined || task === undefined || !isTaskEnded(need.status)) return 'unmet'
  return task.status === 'CLAIMED' || (task.status === 'WAITING' && task.kind !== 'work') ? 'active' : 'met'
}
