/**
 * What of a run is drawn: its tasks as boxes with sizes that are known before they are drawn, and its needs as lines. It
 * changes only when tasks are added, so that an event which changes a status moves nothing.
 */

import { isSuperseded } from '../../../../domain/run/progress.ts'
import type { Task } from '../../../../domain/run/state.ts'
import { elementsByGroup } from '../../../lib/outline.ts'

export type Box = {
  readonly index: number
  readonly width: number
  readonly height: number
  /** Elements that are drawn as lines inside; none where the group is closed or is no group. */
  readonly rows: readonly number[]
  readonly group: boolean
}
export type Line = { readonly from: number; readonly to: number }
export type Shape = { readonly boxes: readonly Box[]; readonly lines: readonly Line[] }

export const boxWidth = 200
export const boxHeight = 54
export const groupWidth = 232
export const groupHead = 46
export const groupRow = 28
/** Boxes and lines in boxes that are drawn singly; beyond it, groups are closed. */
export const drawnLimit = 300
const rowsLimit = 24
const groupFoot = 8
/** Beyond this many boxes, shortcuts in the graph are drawn as well: to find them costs more than to draw them. */
const reducedLimit = 400

/** `closed`: maps whose elements are not to be drawn. */
export function shapeOf(tasks: readonly Task[], closed: ReadonlySet<number> = new Set()): Shape {
  const elements = elementsByGroup(tasks)
  const drawn = tasks.filter(task => isHandedOn(task) || (task.groupIndex === null && !isSuperseded(task)))
  const crowded = tasks.length > drawnLimit
  const boxes = drawn.map(({ index, kind }): Box => {
    const inside = elements.get(index) ?? []
    if (kind !== 'map') return { index, width: boxWidth, height: boxHeight, rows: [], group: false }
    const rows = crowded || inside.length > rowsLimit || closed.has(index) ? [] : inside
    const height = rows.length > 0 ? groupHead + rows.length * groupRow + groupFoot : groupHead + 16
    return { index, width: groupWidth, height, rows, group: true }
  })
  const lines = drawn.length > reducedLimit ? allLines(drawn) : reducedLines(drawn, tasks)
  return { boxes, lines: [...lines, ...handedLines(drawn, tasks)] }
}

/** Work that one agent gave to another: a task beside the one that waits for it. */
const isHandedOn = (task: Task): boolean => task.fromHandoffId !== null

/** From whoever gave the work away, or from the box that they are drawn in. */
function handedLines(drawn: readonly Task[], tasks: readonly Task[]): Line[] {
  const boxes = new Set(drawn.map(task => task.index))
  return drawn.filter(isHandedOn).flatMap(task => {
    let from = task.groupIndex
    while (from !== null && !boxes.has(from)) from = tasks[from]?.groupIndex ?? null
    return from === null ? [] : [{ from, to: task.index }]
  })
}

/** A text that is equal for shapes that are drawn alike. */
export const shapeKey = (tasks: readonly Task[]): string =>
  `${tasks.length}:${tasks.reduce((sum, task) => sum + (task.groupIndex === null && isSuperseded(task) ? 1 : 0), 0)}`

const allLines = (drawn: readonly Task[]): Line[] =>
  drawn.flatMap(task => task.needs.map(from => ({ from, to: task.index })))

/** Without the lines that say what others say already: where c needs b and b needs a, that c needs a is no news. */
function reducedLines(drawn: readonly Task[], tasks: readonly Task[]): Line[] {
  const reach = new Map<number, ReadonlySet<number>>()
  const behind = (index: number): ReadonlySet<number> => {
    const known = reach.get(index)
    if (known !== undefined) return known
    const found = new Set<number>()
    for (const need of tasks[index]?.needs ?? []) {
      found.add(need)
      for (const further of behind(need)) found.add(further)
    }
    reach.set(index, found)
    return found
  }
  return drawn.flatMap(task =>
    task.needs
      .filter(from => !task.needs.some(other => other !== from && behind(other).has(from)))
      .map(from => ({ from, to: task.index })),
  )
}
