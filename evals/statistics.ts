/** How sure a figure is that was measured a few times. */

export type Interval = { value: number; low: number; high: number }

/** 97.5 % of a normal distribution lie below this many standard deviations. */
const z = 1.959964

/** The share of passes with its 95 % interval after Wilson, which holds for few trials and for shares near 0 and 1. */
export function wilson(passed: number, trials: number): Interval {
  if (trials === 0) return { value: 0, low: 0, high: 1 }
  const share = passed / trials
  const divisor = 1 + z ** 2 / trials
  const centre = (share + z ** 2 / (2 * trials)) / divisor
  const half = (z / divisor) * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2))
  // At the ends the formula is exact, and its arithmetic is not.
  const low = passed === 0 ? 0 : Math.max(0, centre - half)
  const high = passed === trials ? 1 : Math.min(1, centre + half)
  return { value: share, low, high }
}

/** 97.5 % quantiles of Student's distribution for 1 … 30 degrees of freedom. */
const student = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
]

/** The mean with its 95 % interval; as wide as can be where there is one value alone. */
export function mean(values: readonly number[]): Interval {
  const count = values.length
  if (count === 0) return { value: 0, low: 0, high: 0 }
  const value = values.reduce((sum, one) => sum + one, 0) / count
  if (count === 1) return { value, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
  const variance = values.reduce((sum, one) => sum + (one - value) ** 2, 0) / (count - 1)
  const half = (student[count - 2] ?? z) * Math.sqrt(variance / count)
  return { value, low: value - half, high: value + half }
}
