export type Range = { from: number; to: number }

/** Whether two closed ranges share a number. */
export function intersects(left: Range, right: Range): boolean {
  return left.from < right.to && right.from < left.to
}

/** The numbers that both hold, or null. */
export function intersection(left: Range, right: Range): Range | null {
  if (!intersects(left, right)) return null
  return { from: Math.max(left.from, right.from), to: Math.min(left.to, right.to) }
}
