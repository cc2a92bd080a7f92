/**
 * What a fork will keep and what it will do again, worked out from the state that it begins with by the same rules by
 * which it is decided: nothing of this is asked for, and nothing is guessed at.
 */
import type { Json } from '../../../domain/json.ts'
import { isInFlight } from '../../../domain/run/forked.ts'
import { isTaskEnded, type Run, type Task } from '../../../domain/run/state.ts'
import { resolveInput } from '../../../domain/run/values.ts'

export type Foreseen = {
  /** Ended, and not done again. */
  readonly kept: readonly Task[]
  /** Had begun, and go on behind their last recorded call. */
  readonly resumed: readonly Task[]
  /** Had begun, and begin anew, because what they are told is different. */
  readonly anew: readonly Task[]
  readonly toCome: readonly Task[]
  /** Open questions: nobody's answer to them counts in the fork, so it asks again. */
  readonly questions: number
  readonly artifacts: number
  /** Spent on what is kept; the fork does not pay it again. */
  readonly inheritedMicros: number
}

/** `agents`: those that are told otherwise or lack a tool. `variables`: those that change. */
export type Told = { readonly agents: readonly string[]; readonly variables: { readonly [name: string]: Json } }

export function foresee(run: Run, { agents, variables }: Told): Foreseen {
  const before = run.variables as { readonly [name: string]: Json }
  const after: Run = { ...run, variables: { ...before, ...variables } }
  const isAnew = (task: Task) =>
    agents.includes(task.uses) || JSON.stringify(resolveInput(run, task)) !== JSON.stringify(resolveInput(after, task))
  const inFlight = run.tasks.filter(isInFlight)
  return {
    kept: run.tasks.filter(({ status }) => isTaskEnded(status)),
    resumed: inFlight.filter(task => !isAnew(task)),
    anew: inFlight.filter(isAnew),
    toCome: run.tasks.filter(task => !isTaskEnded(task.status) && !isInFlight(task)),
    questions: run.openApprovals,
    artifacts: run.artifacts.length,
    inheritedMicros: run.inheritedMicros + run.spentMicros,
  }
}

/** The last event after which something was left to do: where a run that has ended can be forked. */
export function lastForkable(run: Run): number {
  const left = run.tasks.some(({ status }) => !isTaskEnded(status))
  return left ? run.head : Math.max(1, Math.max(...run.tasks.map(({ lastSeq }) => lastSeq)) - 1)
}
