import { expect, test, vi } from 'vitest'
import { createHistory, workflows } from '../../domain/run/history.ts'
import { fold } from '../../domain/run/state.ts'
import { createMoment } from './moment.ts'
import { createRunStore, type RunBatch } from './run-store.ts'
import { createSignal } from './signal.ts'

const history = createHistory(workflows.diamond)
history.claim(0)
history.finish(0)
history.claim(1)
history.finish(1)
const { events } = history

function rig() {
  let batch: (batch: RunBatch) => void = () => {}
  let frame = () => {}
  const store = createRunStore(
    (_, sink) => {
      batch = sink.batch
      return () => {}
    },
    task => {
      frame = task
      return () => {}
    },
  )
  const clock = createSignal(5_000)
  const moment = createMoment(store, clock)
  const heard = vi.fn()
  moment.view.subscribe(heard)
  const send = (from: number, to: number) => {
    batch({ events: events.slice(from, to), head: events.length, status: 'LIVE' })
    frame()
  }
  return { store, clock, moment, heard, send }
}

test('now is the live view and the time', () => {
  const { store, clock, moment, send } = rig()
  send(0, 8)
  expect(moment.view.get()).toBe(store.get())
  clock.set(6_000)
  expect(moment.clock.get()).toBe(6_000)
})

test('a moment of the past is the run, the log and the time after its event, whatever comes meanwhile', () => {
  const { moment, send, heard } = rig()
  send(0, 8)
  moment.go(5)
  const view = moment.view.get()
  expect(view.run).toEqual(fold(null, events.slice(0, 5)))
  expect([view.log.length, moment.clock.get()]).toEqual([5, events[4]?.at])
  send(8, events.length)
  expect(moment.view.get()).toBe(view)
  expect(heard).toHaveBeenCalled()
  moment.go(null)
  expect(moment.view.get().run).toEqual(fold(null, events))
})

test('a moment that has not arrived yet is reached as the events come', () => {
  const { moment, send } = rig()
  moment.go(10)
  expect(moment.view.get().run).toBeNull()
  send(0, 6)
  expect(moment.view.get().log.length).toBe(6)
  send(6, events.length)
  expect(moment.view.get().log.length).toBe(10)
})
