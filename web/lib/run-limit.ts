/** What a run may spend, and what was decided about it. Micro-dollars. */
import type { Approval } from '../../domain/run/approvals.ts'
import type { Run } from '../../domain/run/state.ts'

/** From when on which limit holds; `seq` is the event that set it. */
export type Limit = { readonly at: number; readonly micros: number; readonly seq: number }

/** As it was started, then each time that a person raised it. Empty where the run has none of its own. */
export function limitsOf({ budgetMicros, startedAt, approvals }: Run): readonly Limit[] {
  const first = budgetMicros === null ? [] : [{ at: startedAt, micros: budgetMicros, seq: 1 }]
  return [...first, ...approvals.flatMap(raised)]
}

function raised({ kind, status, facts, answer, closedAt, seq }: Approval): Limit[] {
  if (kind !== 'budget' || status !== 'ANSWERED' || closedAt === null) return []
  if (fieldOf(fieldOf(facts, 'scope'), 'kind') !== 'run' || fieldOf(answer, 'choice') !== 'raise') return []
  const micros = fieldOf(answer, 'limitMicros')
  return typeof micros === 'number' ? [{ at: closedAt, micros, seq }] : []
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
