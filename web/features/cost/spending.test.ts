import { expect, test } from 'vitest'
import type { RecordedEvent } from '../../../domain/run/events.ts'
import { forkHistory } from '../../../domain/run/history.ts'
import { fold } from '../../../domain/run/state.ts'
import { windowOnto } from '../../lib/event-log.ts'
import { createLogFilter } from '../../lib/log-filter.ts'
import { limitsOf } from '../../lib/run-limit.ts'
import { team } from '../../stories/team.ts'
import { curveOf } from './curve.ts'
import { byAgent, chargeTypes, createSpendingReader, type Part } from './spending.ts'

const events = team()
const run = fold(null, events)
if (run === null) throw new Error('the history is empty')
const total = (parts: Record<string, Part>, what: keyof Part) =>
  Object.values(parts).reduce((sum, part) => sum + part[what], 0)

test('what was spent is the sum of the charges, and the same by model, by task, by agent and by the run itself', () => {
  const spending = createSpendingReader()(windowOnto(events, events.length))
  const charged = events.reduce((sum, { data }) => sum + ('costMicros' in data ? data.costMicros : 0), 0)
  expect(charged).toBeGreaterThan(0)
  expect(spending.all.spentMicros).toBe(charged)
  expect(run.spentMicros).toBe(charged)
  for (const parts of [spending.byModel, spending.byTask, byAgent(spending, run)]) {
    expect(total(parts, 'spentMicros')).toBe(charged)
    expect(total(parts, 'calls')).toBe(spending.all.calls)
    expect(total(parts, 'reservedMicros')).toBe(spending.all.reservedMicros)
  }
  for (const [index, part] of Object.entries(spending.byTask))
    expect(part.spentMicros).toBe(run.tasks[Number(index)]?.spentMicros)
})

test('what is reserved is what calls under way may cost, at every moment', () => {
  const read = createSpendingReader()
  for (let seq = 0; seq <= events.length; seq++) {
    const open = new Map<string, number>()
    for (const { type, data } of events.slice(0, seq) as RecordedEvent[]) {
      if (type === 'ModelCallStarted') open.set(`${data.taskIndex}/${data.call}`, data.reservedMicros)
      if (type === 'ModelCallFinished') open.delete(`${data.taskIndex}/${data.call}`)
    }
    const reserved = [...open.values()].reduce((sum, micros) => sum + micros, 0)
    expect(read(windowOnto(events, seq)).all.reservedMicros, `after event ${seq}`).toBe(reserved)
  }
})

test('a lost worker reserves nothing any more', () => {
  const [started] = events.filter(event => event.type === 'ModelCallStarted')
  if (started?.type !== 'ModelCallStarted') throw new Error('nothing was asked')
  const { taskIndex, attempt, epoch } = started.data
  const expired = {
    ...started,
    type: 'LeaseExpired',
    data: { taskIndex, attempt, epoch, worker: 'w' },
  } as RecordedEvent
  const read = createSpendingReader()
  expect(read(windowOnto([started], 1)).all.reservedMicros).toBe(started.data.reservedMicros)
  expect(read(windowOnto([started, expired], 2)).all).toMatchObject({ reservedMicros: 0, calls: 1 })
})

test('the curve ends at what was spent, with as many points as are asked for at most', () => {
  const log = windowOnto(events, events.length)
  const places = createLogFilter(event => chargeTypes.includes(event.type))(log)
  const whole = curveOf(log, places)
  expect(whole.length).toBe(places.length)
  expect(whole.at(-1)?.spentMicros).toBe(run.spentMicros)
  const few = curveOf(log, places, 4)
  expect(few.length).toBeLessThanOrEqual(4)
  expect(few.at(-1)).toEqual(whole.at(-1))
})

test('what a fork has from another run counts for nothing', () => {
  const at = events.filter(event => event.type === 'ModelCallFinished')[1]?.seq ?? 0
  const fork = forkHistory({ events, run }, at)
  const log = windowOnto(fork.events, fork.events.length)
  expect(fork.run.inheritedMicros).toBeGreaterThan(0)
  expect(createSpendingReader()(log).all).toMatchObject({ calls: 0, spentMicros: 0, reservedMicros: 0 })
  const places = createLogFilter(event => event.type === 'RunForked' || chargeTypes.includes(event.type))(log)
  expect(places.length).toBeGreaterThan(1)
  expect(curveOf(log, places)).toEqual([])
})

test('a limit holds from the start, until a person raises it', () => {
  const asked = {
    kind: 'budget',
    status: 'ANSWERED',
    facts: { scope: { kind: 'run' } },
    answer: { choice: 'raise', limitMicros: 3_000_000 },
    closedAt: run.startedAt + 60_000,
    seq: 40,
  }
  const raised = limitsOf({ ...run, approvals: [asked, { ...asked, answer: { choice: 'stop' } }] as never })
  expect(raised).toEqual([
    { at: run.startedAt, micros: 1_200_000, seq: 1 },
    { at: run.startedAt + 60_000, micros: 3_000_000, seq: 40 },
  ])
  expect(limitsOf({ ...run, budgetMicros: null })).toEqual([])
})
