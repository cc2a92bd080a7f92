/** A review that is not content sends work back, a bounded number of times: a loop that stays a graph in each round. */
import type { Json } from '../json.ts'
import type { Draft } from './draft.ts'
import { withDescendants } from './plan.ts'
import { resetTask } from './reset.ts'
import type { Run, Task } from './state.ts'
import { holds } from './values.ts'

/** What follows when a task with this output would succeed: it stands, it sends work back, or its rounds are used up. */
export type Verdict =
  | { kind: 'stands' }
  | { kind: 'back'; to: Task; round: number }
  | { kind: 'exhausted'; rounds: number }

export function verdictOf(run: Run, task: Task, output: Json): Verdict {
  const { back } = task
  if (back === null) return { kind: 'stands' }
  const judged = { ...run, tasks: run.tasks.with(task.index, { ...task, output }) }
  const to = run.tasks.find(one => one.key === back.to && one.groupIndex === null)
  if (to === undefined || !holds(judged, back.when, task)) return { kind: 'stands' }
  const round = task.round + 1
  if (round <= back.maxRounds) return { kind: 'back', to, round }
  return back.otherwise === 'go-on' ? { kind: 'stands' } : { kind: 'exhausted', rounds: back.maxRounds }
}

/** Emitted after the review has succeeded: what it is about, and all that follows from that, is planned anew. */
export function sendBack(draft: Draft, judge: Task, { to, round }: { to: Task; round: number }): void {
  const reason = `${judge.title} sent it back`
  draft.emit({ type: 'TaskSentBack', data: { taskIndex: judge.index, toTaskIndex: to.index, round, reason } })
  const graph = draft.run.tasks.map(task => task.needs)
  for (const index of withDescendants(graph, [to.index])) resetTask(draft, index, false, reason)
}
