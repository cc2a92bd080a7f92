/** How far figures look back. */
import { OrreryError } from '../../domain/errors.ts'

export const defaultDays = 30
const mostDays = 366

/** The argument `days` as loaders take it, on a clock that stands still for a whole operation. Throws BAD_INPUT. */
export function lookback(days: number, now: number): { days: number; now: number } {
  if (!Number.isInteger(days) || days < 1 || days > mostDays)
    throw new OrreryError('BAD_INPUT', `days: must be 1 … ${mostDays}, not ${days}`)
  // To the minute: whatever is asked in one operation is one statement.
  return { days, now: Math.ceil(now / 60_000) * 60_000 }
}
