/** Two runs task by task: the same step stands beside itself, in fan-outs for the same element. */
import { isTaskEnded, type Run, type Task } from '../../../domain/run/state.ts'
import { taskSubject } from '../../lib/task-subject.ts'

export type Pair = {
  readonly left: Task | null
  readonly right: Task | null
  /** Done before the two went apart: the same on both sides, by the same events. */
  readonly shared: boolean
}

/**
 * How many events both begin with: where one is a fork of the other, or both are forks of one run; 0 where they have
 * nothing in common that is known here.
 */
export function sharedPrefix(left: Run, right: Run): number {
  const [fromLeft, fromRight] = [left.forkedFrom, right.forkedFrom]
  if (fromRight?.runId === left.id) return fromRight.seq
  if (fromLeft?.runId === right.id) return fromLeft.seq
  if (fromLeft !== null && fromLeft.runId === fromRight?.runId) return Math.min(fromLeft.seq, fromRight.seq)
  return 0
}

/** In the order of the left run; what only the right one has follows what stands before it there. */
export function align(left: Run, right: Run): Pair[] {
  const prefix = sharedPrefix(left, right)
  const others = new Map<string, Task[]>()
  for (const task of right.tasks) {
    const name = nameOf(task)
    others.set(name, [...(others.get(name) ?? []), task])
  }
  const pairs = left.tasks.map((task): Pair => {
    const other = others.get(nameOf(task))?.shift() ?? null
    return { left: task, right: other, shared: other !== null && isShared(task, other, prefix) }
  })
  for (const task of [...others.values()].flat().sort((a, b) => a.index - b.index)) {
    const before = pairs.findLastIndex(({ right: other }) => other !== null && other.index < task.index)
    pairs.splice(before + 1, 0, { left: null, right: task, shared: false })
  }
  return pairs
}

/** A fan-out that was done again leaves what it was expanded to before behind, outside of the group. */
const nameOf = (task: Task): string => `${taskSubject(task)}\n${task.groupIndex === null}`

const isShared = (left: Task, right: Task, prefix: number): boolean =>
  isTaskEnded(left.status) && left.lastSeq <= prefix && right.lastSeq <= prefix
