export type ScorePart = { name: string; value: number; weight: number; why: string }

/** The parts of a score as an artifact has them; what is none is left out. */
export function scoreParts(value: unknown): ScorePart[] {
  return Array.isArray(value) ? value.filter(isPart) : []
}

const isPart = (one: unknown): one is ScorePart => {
  if (typeof one !== 'object' || one === null) return false
  const { name, value, weight, why } = one as Record<string, unknown>
  return typeof name === 'string' && typeof value === 'number' && typeof weight === 'number' && typeof why === 'string'
}
