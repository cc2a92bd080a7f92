import { isSuperseded } from '../../domain/run/progress.ts'
import type { Task } from '../../domain/run/state.ts'

/** Elements of a fan-out stand below their map. A group with more than this many is closed until it is opened. */
export const openGroupLimit = 40

export type OutlineRow = { index: number; depth: 0 | 1; elements: number; open: boolean }

/** The tasks in the order in which they are planned, elements below their map. `toggled` groups are open where they would be closed and the other way round. */
export function outlineOf(tasks: readonly Task[], toggled: ReadonlySet<number>): OutlineRow[] {
  const elements = elementsByGroup(tasks)
  return tasks.flatMap((task): OutlineRow[] => {
    if (task.groupIndex !== null) return []
    const inside = elements.get(task.index) ?? []
    const open = inside.length > 0 && inside.length <= openGroupLimit !== toggled.has(task.index)
    const row: OutlineRow = { index: task.index, depth: isSuperseded(task) ? 1 : 0, elements: inside.length, open }
    return open ? [row, ...inside.map(index => ({ index, depth: 1 as const, elements: 0, open: false }))] : [row]
  })
}

/** `rows` with those of `before` that say the same in their places, and `before` itself where all of them do. */
export function carriedOver(before: readonly OutlineRow[], rows: readonly OutlineRow[]): readonly OutlineRow[] {
  const next = rows.map((row, place) => {
    const old = before[place]
    return old !== undefined && isSame(old, row) ? old : row
  })
  return next.length === before.length && next.every((row, place) => row === before[place]) ? before : next
}

const isSame = (one: OutlineRow, other: OutlineRow): boolean =>
  one.index === other.index && one.depth === other.depth && one.elements === other.elements && one.open === other.open

export function elementsByGroup(tasks: readonly Task[]): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>()
  for (const task of tasks) {
    if (task.groupIndex === null) continue
    const group = groups.get(task.groupIndex)
    if (group === undefined) groups.set(task.groupIndex, [task.index])
    else group.push(task.index)
  }
  return groups
}
