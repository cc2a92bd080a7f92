import { expect, test } from 'vitest'
import { createHistory, workflows } from '../../../../domain/run/history.ts'
import { layout } from './layout.ts'
import { joined, looks, looksOf, pathsOf } from './need-paths.ts'
import { shapeOf } from './shape.ts'
import { wrap } from './wrap.ts'

const history = createHistory(workflows.diamond, { variables: { deep: true } })
const shape = shapeOf(history.run.tasks)
const wrapped = wrap({ shape, layout: layout(shape) }, { width: 2_000, height: 1_000 })
const said = () => [...looksOf(history.run, shape.lines)].map(one => looks[Number(one)])

test('each line begins at the box that is needed and ends at the one that needs it', () => {
  const boxOf = (index: number) => shape.boxes.findIndex(box => box.index === index)
  pathsOf(wrapped).forEach((path, place) => {
    const { from = -1, to = -1 } = shape.lines[place] ?? {}
    const numbers = path.match(/-?\d+(\.\d+)?/g)?.map(Number) ?? []
    const [source, target] = [wrapped.layout.places[boxOf(from)], wrapped.layout.places[boxOf(to)]]
    expect(numbers[0]).toBe((source?.x ?? 0) + (shape.boxes[boxOf(from)]?.width ?? 0))
    expect(numbers.at(-2)).toBe(target?.x)
  })
})

test('a need is faint until it is met, and in colour while what needed it is at work', () => {
  expect(new Set(said())).toEqual(new Set(['unmet']))
  history.claim(0)
  history.finish(0)
  const first = shape.lines.findIndex(({ from }) => from === 0)
  expect(said()[first]).toBe('met')
  history.claim(shape.lines[first]?.to ?? -1)
  expect(said()[first]).toBe('active')
})

test('what looks alike is one path, and the critical way lies over all', () => {
  const paths = pathsOf(wrapped)
  const text = looksOf(history.run, shape.lines)
  const drawn = joined(paths, { lines: shape.lines, text, critical: new Set() })
  expect(drawn.map(({ path }) => path).join('').length).toBe(paths.join('').length)
  expect(new Set(drawn.map(({ look }) => look)).size).toBe(drawn.length)
  const way = new Set(shape.boxes.map(({ index }) => index))
  expect(joined(paths, { lines: shape.lines, text, critical: way })).toEqual([
    { look: 'critical', path: paths.join('') },
  ])
})
