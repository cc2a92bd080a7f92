/** Scores of many artifacts, brought together: by who made them, and over time. */

export type Scored = {
  score: number
  /** Milliseconds since 1970. */
  at: number
  /** What it had to score; null where nothing was asked for. */
  gate: number | null
}

export type ScoreFigures = {
  count: number
  mean: number
  median: number
  lowest: number
  /** Artifacts that had to pass a gate, and those that did. */
  gated: number
  held: number
}

/** Of at least one; null of none. */
export function scoreFigures(scored: readonly Scored[]): ScoreFigures | null {
  const sorted = scored.map(({ score }) => score).sort((a, b) => a - b)
  const [lowest] = sorted
  if (lowest === undefined) return null
  const half = sorted.length / 2
  const gated = scored.filter(({ gate }) => gate !== null)
  return {
    count: sorted.length,
    mean: sorted.reduce((sum, score) => sum + score, 0) / sorted.length,
    median: ((sorted[Math.ceil(half) - 1] ?? lowest) + (sorted[Math.floor(half)] ?? lowest)) / 2,
    lowest,
    gated: gated.length,
    held: gated.filter(({ score, gate }) => score >= (gate ?? 0)).length,
  }
}

/** The figures of each group, the largest group first; those of one size by name. */
export function scoreGroups<T extends Scored>(
  scored: readonly T[],
  nameOf: (one: T) => string,
): { name: string; figures: ScoreFigures }[] {
  const groups = new Map<string, T[]>()
  for (const one of scored) {
    const name = nameOf(one)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [one])
    else group.push(one)
  }
  return [...groups]
    .flatMap(([name, some]) => {
      const figures = scoreFigures(some)
      return figures === null ? [] : [{ name, figures }]
    })
    .sort((a, b) => b.figures.count - a.figures.count || (a.name < b.name ? -1 : 1))
}

const day = 86_400_000

/** The figures of each day, in UTC, that has any, oldest first. `at` is when the day began. */
export function scoreDays(scored: readonly Scored[]): { at: number; figures: ScoreFigures }[] {
  return scoreGroups(scored, ({ at }) => String(Math.floor(at / day)))
    .map(({ name, figures }) => ({ at: Number(name) * day, figures }))
    .sort((a, b) => a.at - b.at)
}
