import { expect, test } from 'vitest'
import { createHistory, workflows } from '../../domain/run/history.ts'
import { type EventLog, emptyLog, windowOnto } from './event-log.ts'
import { type Idle, readAhead } from './read-ahead.ts'
import { createSignal } from './signal.ts'

const [first] = createHistory(workflows.single).events
if (first === undefined) throw new Error('a history begins')
const events = Array.from({ length: 1_000 }, (_, place) => ({ ...first, seq: place + 1 }))

/** An idle time that comes when the test says, for so many looks at the clock. */
function rig(length: number) {
  const view = createSignal<{ log: EventLog }>({ log: windowOnto(events, length) })
  const waiting: Parameters<Idle>[0][] = []
  const lengths: number[] = []
  const stop = readAhead(view, [log => lengths.push(log.length)], work => {
    waiting.push(work)
    return () => waiting.splice(waiting.indexOf(work), 1)
  })
  return {
    ...{ view, waiting, lengths, stop },
    idle(looks: number) {
      let left = looks
      for (const work of waiting.splice(0)) work(() => left-- > 0)
    },
  }
}

test('reads piece by piece, as long as there is time, and goes on in the next idle time', () => {
  const { idle, lengths, waiting } = rig(1_000)
  expect(lengths).toEqual([])
  idle(2)
  expect(lengths).toEqual([256, 512])
  expect(waiting).toHaveLength(1)
  idle(10)
  expect(lengths).toEqual([256, 512, 768, 1_000])
  expect(waiting).toHaveLength(0)
})

test('reads what comes, and asks for no time while there is nothing to read', () => {
  const { idle, lengths, view, waiting } = rig(0)
  expect(waiting).toHaveLength(0)
  view.set({ log: windowOnto(events, 10) })
  view.set({ log: windowOnto(events, 20) })
  expect(waiting).toHaveLength(1)
  idle(10)
  expect(lengths).toEqual([20])
})

test('stops when it is told', () => {
  const { idle, lengths, stop, view, waiting } = rig(300)
  stop()
  expect(waiting).toHaveLength(0)
  view.set({ log: emptyLog })
  idle(10)
  expect(lengths).toEqual([])
})
