/** What a run has cost, in words. Pure. */
import { showMicros } from '../../domain/money.ts'
import type { Run } from '../../domain/run/state.ts'

/** `$0.42 of $2.00`, and whether any of it is real. */
export function costOf({ spentMicros, budgetMicros, simulated }: Run): string {
  const limit = budgetMicros === null ? '' : ` of ${showMicros(budgetMicros)}`
  return `${showMicros(spentMicros)}${limit}${simulated ? ', simulated' : ''}`
}
