/** What a run has cost, in words. Pure. */
import type { Json } from '../../domain/json.ts'
import { showMicros } from '../../domain/money.ts'
import type { Run } from '../../domain/run/state.ts'

type Spent = Pick<Run, 'id' | 'spentMicros' | 'budgetMicros' | 'simulated' | 'approvals'>

/** `$0.42 of $2.00`, and whether any of it is real. */
export function costOf(run: Spent): string {
  const micros = limitOf(run)
  const limit = micros === null ? '' : ` of ${showMicros(micros)}`
  return `${showMicros(run.spentMicros)}${limit}${run.simulated ? ', simulated' : ''}`
}

/** What the run began with, or what was said last when it was used up; null: no limit of its own. */
function limitOf({ id, budgetMicros, approvals }: Spent): number | null {
  const raised = approvals
    .filter(
      ({ kind, status, facts }) => kind === 'budget' && status === 'ANSWERED' && within(facts, 'scope', 'id') === id,
    )
    .toSorted((one, other) => (one.closedAt ?? 0) - (other.closedAt ?? 0))
    .map(({ answer }) => (within(answer, 'choice') === 'raise' ? within(answer, 'limitMicros') : null))
    .findLast(micros => typeof micros === 'number')
  return typeof raised === 'number' ? raised : budgetMicros
}

/** What lies under these names; undefined where nothing does. */
const within = (json: Json, ...names: readonly string[]): Json | undefined =>
  names.reduce<Json | undefined>(
    (at, name) =>
      at !== null && typeof at === 'object' && !Array.isArray(at) ? (at as Record<string, Json>)[name] : undefined,
    json,
  )
