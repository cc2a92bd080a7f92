/** The tasks of a run as lines: steps in their order, the parts of a fan-out under it. Pure. */
import { isSuperseded, progressOf } from '../../domain/run/progress.ts'
import type { Run, Task, TaskStatus } from '../../domain/run/state.ts'
import type { Call } from '../follow.ts'
import { cut, padEnd, padStart, type Style, widthOf } from '../style.ts'
import { costOf } from './cost.ts'
import { taskDetail, taskSigns, taskTime, taskTitle } from './words.ts'

export type TreeOptions = {
  now: number
  calls: ReadonlyMap<number, Call>
  /** What a task at work has written last; empty where it has not. */
  lastLine?: (taskIndex: number) => string
  width: number
  /** Lines that there is room for. What is done, and then what is to come, is summed up where there are more. */
  room: number
  style: Style
  /** The sign of a task at work, where it moves. */
  spinner?: string
}

type TaskRow = { task: Task; title: string; depth: number }
type Note = { note: string; status: TaskStatus; depth: number }
type Row = TaskRow | Note

const widestTitle = 44
/** `12 min 05 s`: wide enough from the start, so that nothing jumps when a minute is over. */
const timeColumns = 11

export function renderTree(run: Run, options: TreeOptions): string[] {
  const rows = fitInto(rowsOf(run), options.room)
  const titles = rows.map(row => ('task' in row ? row.depth * 2 + widthOf(row.title) : 0))
  const column = Math.min(Math.max(0, ...titles), widestTitle, Math.max(16, Math.floor(options.width / 2)))
  return rows.map(row => ('task' in row ? taskLine(run, row, column, options) : noteLine(row, options)))
}

/** Parts of a fan-out that was done again are history: they belong to no group any more. */

function rowsOf(run: Run): Row[] {
  const parts = new Map<number, Row[]>()
  for (const task of run.tasks) {
    if (task.groupIndex === null) continue
    const row = { task, title: partTitle(task, run.tasks[task.groupIndex]), depth: 1 }
    const siblings = parts.get(task.groupIndex)
    if (siblings === undefined) parts.set(task.groupIndex, [row])
    else siblings.push(row)
  }
  return run.tasks
    .filter(task => task.groupIndex === null && !isSuperseded(task))
    .flatMap(task => [{ task, title: taskTitle(task), depth: 0 }, ...(parts.get(task.index) ?? [])])
}

/** Under `Analyse`, `Analyse: lint` is called `lint`. */
function partTitle(part: Task, map: Task | undefined): string {
  const title = taskTitle(part)
  const common = map === undefined ? '' : taskTitle(map)
  return (title.startsWith(common) && title.slice(common.length).replace(/^[\s:–-]+/, '')) || title
}

/** What may be summed up, in this order, until the rest fits. */
const foldable: readonly { depth: number; statuses: readonly TaskStatus[]; word: string }[] = [
  { depth: 1, statuses: ['SUCCEEDED', 'SKIPPED'], word: 'done' },
  { depth: 1, statuses: ['PLANNED', 'READY'], word: 'to come' },
  { depth: 0, statuses: ['SUCCEEDED', 'SKIPPED'], word: 'done' },
  { depth: 0, statuses: ['PLANNED', 'READY'], word: 'to come' },
]

function fitInto(rows: Row[], room: number): Row[] {
  let fitting = rows
  for (const { depth, statuses, word } of foldable) {
    if (fitting.length <= room) return fitting
    fitting = sumUp(fitting, (task, at) => at === depth && statuses.includes(task.status), word)
  }
  if (fitting.length <= room) return fitting
  const kept = fitting.slice(0, Math.max(0, room - 1))
  return [...kept, { note: `${fitting.length - kept.length} more lines`, status: 'PLANNED', depth: 0 }]
}

/** Neighbours that match become one note; a single one stays as it is. */
function sumUp(rows: Row[], matches: (task: Task, depth: number) => boolean, word: string): Row[] {
  const result: Row[] = []
  let alike: TaskRow[] = []
  const close = () => {
    const [first] = alike
    if (first !== undefined && alike.length > 1)
      result.push({ note: `${alike.length} ${word}`, status: first.task.status, depth: first.depth })
    else result.push(...alike)
    alike = []
  }
  for (const row of rows) {
    if ('task' in row && matches(row.task, row.depth)) alike.push(row)
    else {
      close()
      result.push(row)
    }
  }
  close()
  return result
}

function taskLine(run: Run, row: TaskRow, column: number, options: TreeOptions): string {
  const { style, width, now, calls, lastLine = () => '', spinner } = options
  const { task } = row
  const sign = taskSigns[task.status]
  const indent = '  '.repeat(row.depth)
  const title = padEnd(cut(row.title, column - indent.length), column - indent.length)
  const took = taskTime(task, now)
  const time = padStart(took === '' ? '' : style.dim(took), timeColumns)
  const taken = 2 + indent.length + 2 + column - indent.length + 2 + timeColumns + 2
  const detail = cut(
    taskDetail(run, task, { call: calls.get(task.index), line: lastLine(task.index), now }),
    width - taken,
  )
  const isAtWork = task.status === 'CLAIMED'
  const isQuiet = ['PLANNED', 'READY', 'SKIPPED', 'CANCELLED'].includes(task.status)
  const mark = style[sign.colour](isAtWork && spinner !== undefined ? spinner : sign.text)
  const painted = task.status === 'FAILED' || task.status === 'BLOCKED' ? style[sign.colour](detail) : style.dim(detail)
  return `  ${indent}${mark} ${isQuiet ? style.dim(title) : title}  ${time}  ${painted}`.trimEnd()
}

const noteLine = (row: Note, { style }: TreeOptions): string => {
  const sign = taskSigns[row.status]
  return `  ${'  '.repeat(row.depth)}${style[sign.colour](sign.text)} ${style.dim(`… ${row.note}`)}`
}

/** `9 of 14 tasks done · 2 at work · 1 failed`. */
export function progressLine(run: Run): string {
  const { total, ended, claimed, failed } = progressOf(run.tasks)
  const parts = [`${ended} of ${total} tasks done`]
  if (claimed > 0) parts.push(`${claimed} at work`)
  if (failed > 0) parts.push(`${failed} failed`)
  if (run.spentMicros > 0) parts.push(costOf(run))
  return parts.join(' · ')
}
