import { ViewportPortal } from '@xyflow/react'
import { memo, useMemo } from 'react'
import { useRun } from '../../../lib/run-context.ts'
import css from './graph.module.css'
import { useGraph } from './graph-context.ts'
import { joined, looksOf, pathsOf } from './need-paths.ts'
import type { Wrapped } from './wrap.ts'

/**
 * What needs what, as one picture below the boxes. Nobody points at a line: three hundred elements that each hear of every
 * event took as long to make as the boxes.
 */
export const NeedLines = memo(function NeedLines({ placed }: { placed: Wrapped }) {
  const { lines } = placed.shape
  const { critical } = useGraph()
  const paths = useMemo(() => pathsOf(placed), [placed])
  const text = useRun(run => looksOf(run, lines))
  const drawn = useMemo(() => joined(paths, { lines, text, critical }), [paths, lines, text, critical])
  return (
    <ViewportPortal>
      <svg className={css.lines} width={placed.layout.width} height={placed.layout.height} aria-hidden="true">
        {drawn.map(({ look, path }) => (
          <path key={look} className={css[look]} d={path} />
        ))}
      </svg>
    </ViewportPortal>
  )
})
