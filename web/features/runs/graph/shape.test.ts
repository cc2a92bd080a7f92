import { describe, expect, test } from 'vitest'
import { createHistory, workflows } from '../../../../domain/run/history.ts'
import { fold } from '../../../../domain/run/state.ts'
import type { WorkflowInput } from '../../../../domain/workflow.ts'
import { team } from '../../../stories/team.ts'
import { layout } from './layout.ts'
import { boxHeight, drawnLimit, shapeKey, shapeOf } from './shape.ts'

const chain: WorkflowInput = {
  name: 'chain',
  version: 1,
  title: 'Chain',
  description: '',
  steps: [
    { key: 'a', title: 'A', agent: 'echo' },
    { key: 'b', title: 'B', agent: 'echo', needs: ['a'] },
    { key: 'c', title: 'C', agent: 'echo', needs: ['a', 'b'] },
  ],
}

function fanOut(elements: number) {
  const history = createHistory(workflows.fanOut)
  history.claim(0)
  history.finish(0, { items: Array.from({ length: elements }, (_, index) => index) })
  return history
}

test('a line that others say already is left out', () => {
  expect(shapeOf(createHistory(chain).run.tasks).lines).toEqual([
    { from: 0, to: 1 },
    { from: 1, to: 2 },
  ])
})

describe('a fan-out', () => {
  test('holds its elements as lines, and is as high as they need', () => {
    const [, group] = shapeOf(fanOut(3).run.tasks).boxes
    expect(group).toMatchObject({ index: 1, group: true, rows: [3, 4, 5] })
    expect(group?.height).toBeGreaterThan(boxHeight * 2)
  })

  test('is closed where there are too many to be read', () => {
    expect(shapeOf(fanOut(30).run.tasks).boxes[1]).toMatchObject({ group: true, rows: [] })
    expect(shapeOf(fanOut(drawnLimit + 1).run.tasks).boxes).toHaveLength(3)
  })
})

test('work that is handed on is drawn beside whoever waits for it', () => {
  const tasks = fold(null, team())?.tasks ?? []
  const helper = tasks.findIndex(task => task.fromHandoffId !== null)
  const { boxes, lines } = shapeOf(tasks)
  expect(boxes.some(box => box.index === helper)).toBe(true)
  expect(lines).toContainEqual({ from: tasks[helper]?.groupIndex, to: helper })
})

test('the shape is the same until tasks are added, whatever happens to them', () => {
  const history = fanOut(3)
  const before = shapeKey(history.run.tasks)
  history.claim(3)
  history.finish(3)
  expect(shapeKey(history.run.tasks)).toBe(before)
  expect(shapeKey(fanOut(4).run.tasks)).not.toBe(before)
})

describe('the layout', () => {
  const steps = Array.from({ length: 300 }, (_, index) => ({
    key: `t-${index}`,
    title: `T ${index}`,
    agent: 'echo',
    needs:
      index < 20
        ? []
        : [`t-${index - 20}`, `t-${index - 20 + ((index + 7) % 20) - (index % 20)}`].filter(
            (key, place, all) => all.indexOf(key) === place,
          ),
  }))
  const shape = shapeOf(createHistory({ ...chain, steps }).run.tasks)
  const { places, width, height } = layout(shape)
  const rects = shape.boxes.map((box, index) => ({ ...box, ...(places[index] ?? { x: Number.NaN, y: Number.NaN }) }))

  test('puts every need to the left of what needs it', () => {
    for (const { from, to } of shape.lines) expect(rects[from]?.x).toBeLessThan(rects[to]?.x ?? 0)
  })

  test('lets no two of 300 boxes overlap, and all within its size', () => {
    for (const [index, a] of rects.entries()) {
      expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height, `box ${index}`).toBe(true)
      for (const b of rects.slice(index + 1)) {
        const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
        expect(apart, `${a.index} and ${b.index}`).toBe(true)
      }
    }
  })
})
