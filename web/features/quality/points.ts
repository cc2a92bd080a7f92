/** Scored artifacts as points of a picture. */
import type { QualityQuery } from '../../gql/graphql.ts'

export type Point = QualityQuery['quality']['points'][number]
export type Day = QualityQuery['quality']['days'][number]

/** Colours that there are; what comes beyond shares the last one. */
const mostColours = 6

/** Kinds in the order of how many points they have, each with the number of its colour, from 1. */
export function coloursOf(points: readonly Point[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { kind } of points) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const ordered = [...counts].sort(([a, one], [b, two]) => two - one || (a < b ? -1 : 1))
  return new Map(ordered.map(([kind], index) => [kind, Math.min(mostColours, index + 1)]))
}

/** Columns as uPlot takes them: moments in seconds, ascending, then one column of scores for each kind, then the mean of each day. */
export type Columns = (number | null)[][]

export function columnsOf(points: readonly Point[], days: readonly Day[], kinds: readonly string[]): Columns {
  const dots = points.map(({ at, score, kind }) => ({ at: secondsOf(at), score, column: kinds.indexOf(kind) }))
  const moments = dots.map(({ at }) => at)
  const [first, last] = [Math.min(...moments), Math.max(...moments)]
  // In the middle of its day, and no wider than the dots reach. One day alone makes no line.
  const means = (days.length < 2 ? [] : days).map(({ at, figures }) => ({
    at: Math.min(last, Math.max(first, secondsOf(at) + halfDay)),
    score: figures.mean,
    column: kinds.length,
  }))
  const marks = [...dots, ...means].sort((a, b) => a.at - b.at)
  return [
    marks.map(({ at }) => at),
    ...Array.from({ length: kinds.length + 1 }, (_, column) =>
      marks.map(mark => (mark.column === column ? mark.score : null)),
    ),
  ]
}

const halfDay = 43_200
const secondsOf = (at: string): number => Date.parse(at) / 1_000

/** The name of a project that some point belongs to; its id where none does. */
export const projectName = (points: readonly Point[], id: string): string =>
  points.find(({ project }) => project?.id === id)?.project?.name ?? id

type Spot = { x: number; y: number }

/** The point next to a spot, in pixels and at most so far away; null where there is none. */
export function nearest(
  points: readonly Point[],
  spot: Spot,
  placeOf: (point: Point) => Spot,
  within = 24,
): Point | null {
  let best: { point: Point; distance: number } | null = null
  for (const point of points) {
    const { x, y } = placeOf(point)
    const distance = Math.hypot(x - spot.x, y - spot.y)
    if (distance <= within && (best === null || distance < best.distance)) best = { point, distance }
  }
  return best?.point ?? null
}
