/** What is read off the figures of an agent. */

/** The share that succeeded of what succeeded or failed; null where nothing did either. */
export function successOf({ succeeded, failed }: { succeeded: number; failed: number }): number | null {
  return succeeded + failed === 0 ? null : succeeded / (succeeded + failed)
}

type Named = { name: string; title: string; capabilities: readonly string[] }

/** Every word must be found in the name, the title or the capabilities, in any case. */
export function matches({ name, title, capabilities }: Named, query: string): boolean {
  const text = [name, title, ...capabilities].join(' ').toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}

/** Weights from 0 to 1 by name, the heaviest first. What is no weight is left out. */
export function weightsOf(vector: unknown): { name: string; weight: number }[] {
  if (typeof vector !== 'object' || vector === null) return []
  return Object.entries(vector)
    .flatMap(([name, weight]) => (typeof weight === 'number' ? [{ name, weight }] : []))
    .sort((a, b) => b.weight - a.weight)
}
