/** The lines between boxes, as paths. A need is faint until it is met, plain afterwards, and in colour while what needed it is at work. */
import { getBezierPath, getSmoothStepPath, Position } from '@xyflow/react'
import { isTaskEnded, type Run } from '../../../../domain/run/state.ts'
import type { Line } from './shape.ts'
import type { Wrapped } from './wrap.ts'

/** Later ones are drawn over earlier ones. */
export const looks = ['unmet', 'met', 'active', 'critical'] as const
export type Look = (typeof looks)[number]

/** One path for each line, from the right edge of a box to the left edge of the other. */
export function pathsOf({ shape, layout, turns }: Wrapped): string[] {
  const placeOf = new Map(shape.boxes.map(({ index }, place) => [index, place]))
  const at = (index: number) => {
    const place = placeOf.get(index) ?? -1
    const { x, y } = layout.places[place] ?? { x: 0, y: 0 }
    const { width, height } = shape.boxes[place] ?? { width: 0, height: 0 }
    return { left: x, right: x + width, middle: y + height / 2 }
  }
  return shape.lines.map(({ from, to }, place) => {
    const [source, target, turn] = [at(from), at(to), turns[place] ?? null]
    const ends = {
      ...{ sourceX: source.right, sourceY: source.middle, sourcePosition: Position.Right },
      ...{ targetX: target.left, targetY: target.middle, targetPosition: Position.Left },
    }
    const [path] =
      turn === null
        ? getBezierPath({ ...ends, curvature: 0.35 })
        : getSmoothStepPath({ ...ends, centerY: turn, offset: 14, borderRadius: 12 })
    return path
  })
}

/** How each line looks, as one text: it is equal while all of them look the same. */
export const looksOf = (run: Run | null, lines: readonly Line[]): string =>
  lines.map(line => looks.indexOf(lookOf(run, line))).join('')

function lookOf(run: Run | null, { from, to }: Line): Look {
  const [need, task] = [run?.tasks[from], run?.tasks[to]]
  if (need === undefined || task === undefined || !isTaskEnded(need.status)) return 'unmet'
  return task.status === 'CLAIMED' || (task.status === 'WAITING' && task.kind !== 'work') ? 'active' : 'met'
}

/** The paths that look alike, as one. `text` is what `looksOf` says; what lies between two critical tasks is critical. */
export function joined(
  paths: readonly string[],
  { lines, text, critical }: { lines: readonly Line[]; text: string; critical: ReadonlySet<number> },
): { look: Look; path: string }[] {
  const byLook = new Map<Look, string[]>(looks.map(look => [look, []]))
  lines.forEach(({ from, to }, place) => {
    const along = critical.has(from) && critical.has(to)
    const look = along ? 'critical' : (looks[Number(text[place])] ?? 'unmet')
    byLook.get(look)?.push(paths[place] ?? '')
  })
  return looks.flatMap(look => {
    const path = byLook.get(look)?.join('') ?? ''
    return path === '' ? [] : [{ look, path }]
  })
}
