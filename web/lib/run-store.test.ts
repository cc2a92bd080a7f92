import { describe, expect, test, vi } from 'vitest'
import type { RecordedEvent } from '../../domain/run/events.ts'
import { createHistory, workflows } from '../../domain/run/history.ts'
import { fold } from '../../domain/run/state.ts'
import { createRunStore, type RunBatch, type RunFeed } from './run-store.ts'

const history = (() => {
  const run = createHistory(workflows.diamond, { variables: { deep: true } })
  run.claim(0)
  run.finish(0)
  run.claim(1)
  run.finish(1)
  run.claim(2)
  run.finish(2)
  run.claim(3)
  run.finish(3)
  return run.events
})()

/** A feed whose other end the test holds, and frames that come when the test says. */
function rig() {
  const opened: { after: number; sink: Parameters<RunFeed>[1]; closed: boolean }[] = []
  const frames: (() => void)[] = []
  const store = createRunStore(
    (after, sink) => {
      const connection = { after: after(), sink, closed: false }
      opened.push(connection)
      return () => {
        connection.closed = true
      }
    },
    task => {
      frames.push(task)
      return () => frames.splice(frames.indexOf(task), 1)
    },
  )
  return {
    store,
    opened,
    frames,
    frame: () => {
      for (const task of frames.splice(0)) task()
    },
    batch: (events: readonly RecordedEvent[], status: RunBatch['status'] = 'LIVE', head = history.length) =>
      opened.at(-1)?.sink.batch({ events, head, status }),
  }
}

test('asks for nothing until somebody listens, then for everything', () => {
  const { store, opened } = rig()
  expect(opened).toHaveLength(0)
  store.subscribe(() => {})
  expect(opened.map(one => one.after)).toEqual([0])
})

test('folds with the domain’s own evolve, once a frame however many batches came', () => {
  const { store, batch, frame, frames } = rig()
  const listener = vi.fn()
  store.subscribe(listener)
  frame()
  listener.mockClear()
  for (const event of history) batch([event])
  expect(frames).toHaveLength(1)
  expect(listener).not.toHaveBeenCalled()
  frame()
  expect(listener).toHaveBeenCalledOnce()
  expect(store.get().run).toEqual(fold(null, history))
  expect(store.get().phase).toBe('live')
})

test('a log that was handed out goes on showing what it showed', () => {
  const { store, batch, frame } = rig()
  store.subscribe(() => {})
  batch(history.slice(0, 3))
  frame()
  const before = store.get().log
  batch(history.slice(3))
  frame()
  expect(before.length).toBe(3)
  expect(() => before.at(3)).toThrow(RangeError)
  expect(store.get().log.at(3)).toBe(history[3])
})

test('resumes behind the last event that it has, when it listens again', () => {
  const { store, opened, batch, frame } = rig()
  const stop = store.subscribe(() => {})
  batch(history.slice(0, 5))
  frame()
  stop()
  expect(opened[0]?.closed).toBe(true)
  store.subscribe(() => {})
  expect(opened.map(one => one.after)).toEqual([0, 5])
})

test('what comes twice is taken once', () => {
  const { store, batch, frame } = rig()
  store.subscribe(() => {})
  batch(history.slice(0, 6))
  batch(history.slice(2, 9))
  frame()
  expect(store.get().log.length).toBe(9)
  expect(store.get().run).toEqual(fold(null, history.slice(0, 9)))
})

test('a gap is never shown: it asks again from what is certain', () => {
  const { store, opened, batch, frame } = rig()
  store.subscribe(() => {})
  batch(history.slice(0, 4))
  batch(history.slice(6))
  frame()
  expect(opened.map(one => one.after)).toEqual([0, 4])
  expect(store.get().log.length).toBe(4)
  batch(history.slice(4))
  frame()
  expect(store.get().run).toEqual(fold(null, history))
})

describe('the end', () => {
  test('is not asked for again', () => {
    const { store, opened, batch, frame } = rig()
    const stop = store.subscribe(() => {})
    batch(history, 'ENDED')
    opened[0]?.sink.end()
    frame()
    expect(store.get().phase).toBe('ended')
    stop()
    store.subscribe(() => {})
    expect(opened).toHaveLength(1)
  })

  test('is left when a retry takes the run up again', () => {
    const { store, opened, batch, frame } = rig()
    store.subscribe(() => {})
    batch(history, 'ENDED')
    opened[0]?.sink.end()
    frame()
    store.resume()
    store.resume()
    frame()
    expect(opened.map(one => one.after)).toEqual([0, history.length])
    expect(store.get().phase).toBe('catching-up')
  })

  test('of a stream before the end of its run is a cut: it asks again, a moment later', () => {
    vi.useFakeTimers()
    const { store, opened, batch, frame } = rig()
    store.subscribe(() => {})
    batch(history.slice(0, 3))
    opened[0]?.sink.end()
    frame()
    expect(opened).toHaveLength(1)
    vi.advanceTimersByTime(1_000)
    expect(opened.map(one => one.after)).toEqual([0, 3])
    vi.useRealTimers()
  })
})

test('an event of a newer server ends the fold with a reason, and keeps what was there', () => {
  const { store, batch, frame } = rig()
  store.subscribe(() => {})
  batch(history.slice(0, 5))
  frame()
  batch([{ ...history[5], type: 'MoonLanded' } as unknown as RecordedEvent])
  frame()
  const { phase, fault, run, log } = store.get()
  expect(phase).toBe('failed')
  expect(fault?.code).toBe('UPGRADE_REQUIRED')
  expect(run).toEqual(fold(null, history.slice(0, 5)))
  expect(log.length).toBe(6)
})

test('a refusal is told', () => {
  const { store, opened, frame } = rig()
  store.subscribe(() => {})
  opened[0]?.sink.fault({ code: 'NOT_FOUND', message: 'there is no run' })
  frame()
  expect(store.get()).toMatchObject({ phase: 'failed', fault: { code: 'NOT_FOUND' }, run: null })
})
