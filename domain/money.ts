/** Money in integer micro-dollars, of which a million are a dollar. */

/**
 * Dollars as whole micro-dollars, rounded up: who reserves must not reserve too little. What floating-point arithmetic
 * adds to a whole number (0.0175 comes as 0.017499999999999998 or 0.017500000000000002) does not count.
 */
export const microsOf = (dollars: number): number => Math.max(0, Math.ceil(dollars * 1e6 - 1e-3))

/** For people: `$12.50`, `$0.0042`; cents, and below a dollar as many digits as it takes to say something. */
export function showMicros(micros: number): string {
  const dollars = Math.abs(micros) / 1e6
  const digits = dollars === 0 || dollars >= 1 ? 2 : Math.min(6, Math.max(2, 1 - Math.floor(Math.log10(dollars))))
  const text = dollars.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return `${micros < 0 ? '-' : ''}$${text}`
}

/**
 * What a run will have cost when it has ended, if the tasks still to come cost what those that ended did; null while
 * nothing has ended that could tell.
 */
export function forecastMicros(spentMicros: number, tasks: { ended: number; total: number }): number | null {
  if (tasks.total > 0 && tasks.ended >= tasks.total) return spentMicros
  return tasks.ended === 0 ? null : Math.ceil((spentMicros * tasks.total) / tasks.ended)
}
