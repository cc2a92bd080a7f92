/** In which order judges see candidates, and what their preference is worth. */

/** Twice, so that no candidate stands at the same place both times: whoever looks at places contradicts himself. */
export function bothOrders<T>(candidates: readonly T[]): [readonly T[], readonly T[]] {
  const reversed = candidates.toReversed()
  const middle = (candidates.length - 1) / 2
  if (candidates.length < 3 || !Number.isInteger(middle)) return [candidates, reversed]
  // Of an odd number, the one in the middle would stay there.
  const [before, itself] = [reversed[middle - 1] as T, reversed[middle] as T]
  return [candidates, reversed.with(middle - 1, itself).with(middle, before)]
}

/** What both answers agree on; null where there is no preference, or it followed the place. */
export const agreed = (first: string | null, second: string | null): string | null => (first === second ? first : null)

export type Counted = { winner: string | null; agreement: number | null; votes: ReadonlyMap<string, number> }

/** The candidate with most preferences; where several have as many, the one that stands first in `names`. */
export function count(preferences: readonly (string | null)[], names: readonly string[]): Counted {
  const votes = new Map(names.map(name => [name, preferences.filter(preferred => preferred === name).length]))
  const cast = preferences.filter(preferred => preferred !== null).length
  const winner = names.toSorted((left, right) => (votes.get(right) ?? 0) - (votes.get(left) ?? 0))[0] ?? null
  return { winner, agreement: cast === 0 || winner === null ? null : (votes.get(winner) ?? 0) / cast, votes }
}
