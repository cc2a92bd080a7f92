/**
 * What a key may spend in a minute, refilled evenly (GCRA): all of it at once after a quiet minute, then as it refills.
 * Each process counts for itself.
 */
import { OrreryError } from '../domain/errors.ts'

export interface Budget {
  /** Throws OrreryError LIMIT_REACHED, which says after how many seconds the same may be asked again. */
  spend(keyId: string, cost: number): void
}

const minute = 60_000
/** Keys that are remembered before those that are refilled are forgotten. */
const maxKeys = 10_000

export function createBudget(perMinute: number, now: () => number): Budget {
  /** When each key will be refilled. */
  const fullAt = new Map<string, number>()
  return {
    spend(keyId, cost) {
      const at = now()
      const filled = Math.max(fullAt.get(keyId) ?? 0, at) + (cost / perMinute) * minute
      if (filled - at > minute) {
        const seconds = Math.ceil((filled - at - minute) / 1_000)
        throw new OrreryError('LIMIT_REACHED', `this key has asked for more than ${perMinute} fields in a minute`, {
          retryable: true,
          hint: `Ask again in ${seconds} s, or for less.`,
        })
      }
      if (fullAt.size >= maxKeys) for (const [key, until] of fullAt) if (until <= at) fullAt.delete(key)
      fullAt.set(keyId, filled)
    },
  }
}
