import { expect, test } from 'vitest'
import { coloursOf, columnsOf, nearest, type Point, projectName } from './points.ts'

const point = (kind: string, at: string, score: number): Point => ({
  artifactId: `art_${kind}${at}`,
  runId: 'run_1',
  seq: 1,
  kind,
  title: kind,
  score,
  simulated: false,
  at,
  agent: 'a',
  model: null,
  gate: null,
  project: null,
})
const points = [
  point('Plan', '2026-01-02T00:00:00Z', 0.8),
  point('Plan', '2026-01-01T00:00:00Z', 0.4),
  point('SpecDoc', '2026-01-01T12:00:00Z', 1),
]

test('the commonest kinds have the first colours, and there are six', () => {
  expect([...coloursOf(points)]).toEqual([
    ['Plan', 1],
    ['SpecDoc', 2],
  ])
  const many = Array.from({ length: 9 }, (_, index) => point(`K${index}`, '2026-01-01T00:00:00Z', 1))
  expect(Math.max(...coloursOf(many).values())).toBe(6)
})

test('columns ascend in time, and each score stands in that of its kind', () => {
  const day = (at: string, mean: number) => ({ at, figures: { count: 1, mean } })
  const days = [day('2026-01-01T00:00:00Z', 0.7), day('2026-01-02T00:00:00Z', 0.8)]
  const [times, plans, specs, means] = columnsOf(points, days, ['Plan', 'SpecDoc'])
  expect(times).toEqual([...(times ?? [])].sort((a, b) => Number(a) - Number(b)))
  expect(plans?.filter(one => one !== null)).toEqual([0.4, 0.8])
  expect(specs?.filter(one => one !== null)).toEqual([1])
  expect(means?.filter(one => one !== null)).toEqual([0.7, 0.8])
  // A mean stands in the middle of its day, yet never beyond the last dot.
  expect(Math.max(...(times ?? []).map(Number))).toBe(Date.parse('2026-01-02T00:00:00Z') / 1_000)
  expect(columnsOf(points, days.slice(0, 1), ['Plan', 'SpecDoc'])[3]?.every(one => one === null)).toBe(true)
})

test('the next point is picked, and none that is far away', () => {
  const placeOf = ({ score }: Point) => ({ x: 0, y: score * 100 })
  expect(nearest(points, { x: 3, y: 78 }, placeOf)?.score).toBe(0.8)
  expect(nearest(points, { x: 300, y: 78 }, placeOf)).toBeNull()
})

test('a project is called by its name where it is known', () => {
  const [first] = points
  if (first === undefined) throw new Error('there are points')
  const named = [{ ...first, project: { id: 'prj_1', name: 'shop' } }]
  expect([projectName(named, 'prj_1'), projectName(named, 'prj_2')]).toEqual(['shop', 'prj_2'])
})
