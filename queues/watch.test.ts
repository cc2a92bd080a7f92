import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryBell } from './bell.ts'
import { pulled } from './pulled.ts'
import { createWatch, type Look } from './watch.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const topic = 'spending:o'

/** Counts looks; the `looks`th one finds what `found` says. */
function watching(found: (looks: number) => Look<number>, { deaf = false, spacingMs = 100 } = {}) {
  const bell = createMemoryBell()
  const closed = vi.fn()
  const counted = { looks: 0, listeners: 0 }
  const listenTo: typeof bell.listenTo = (of, listener) => {
    if (deaf) return () => {}
    const stop = bell.listenTo(of, listener)
    counted.listeners++
    return () => {
      counted.listeners--
      stop()
    }
  }
  const look = async () => found(++counted.looks)
  const stream = pulled(
    createWatch({ topic, look, spacingMs }, { bell: { listenTo }, lookAgainMs: 15_000, onClose: closed }),
  )
  const told: number[] = []
  const over = (async () => {
    for await (const value of stream) told.push(value)
  })()
  return { bell, counted, closed, told, over, stream }
}

test('looks at once, then when its topic rings, and not for other topics', async () => {
  const { bell, told, counted } = watching(looks => ({ value: looks, next: 'wait' }))
  await vi.advanceTimersByTimeAsync(0)
  expect(told).toEqual([1])
  bell.ringOf('spending:other')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(counted.looks).toBe(1)
  bell.ringOf(topic)
  await vi.advanceTimersByTimeAsync(1)
  expect(told).toEqual([1, 2])
})

test('many rings are one look, the last of them is not lost, and silence costs none', async () => {
  const { bell, counted } = watching(looks => ({ value: looks, next: 'wait' }))
  for (let ms = 0; ms < 950; ms++) {
    for (let rings = 0; rings < 5; rings++) bell.ringOf(topic)
    await vi.advanceTimersByTimeAsync(1)
  }
  expect(counted.looks).toBe(10)
  await vi.advanceTimersByTimeAsync(200)
  expect(counted.looks).toBe(11)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(counted.looks).toBe(11)
})

test('a ring during a look is another look', async () => {
  const rings: (() => void)[] = []
  const { bell, told } = watching(looks => {
    if (looks === 2) rings[0]?.()
    return { value: looks, next: 'wait' }
  })
  rings.push(() => bell.ringOf(topic))
  await vi.advanceTimersByTimeAsync(200)
  bell.ringOf(topic)
  await vi.advanceTimersByTimeAsync(200)
  expect(told).toEqual([1, 2, 3])
})

test('a lost ring is found by looking, every fifteen seconds', async () => {
  const { counted } = watching(() => ({ next: 'wait' }), { deaf: true })
  await vi.advanceTimersByTimeAsync(0)
  expect(counted.looks).toBe(1)
  await vi.advanceTimersByTimeAsync(16_000)
  expect(counted.looks).toBe(2)
})

test('goes on without waiting where there is more, and ends where it is over', async () => {
  const { told, over, closed, counted } = watching(looks =>
    looks < 3 ? { value: looks, next: 'again' } : { value: looks, next: 'end' },
  )
  await over
  expect(told).toEqual([1, 2, 3])
  expect(counted).toEqual({ looks: 3, listeners: 0 })
  expect(closed).toHaveBeenCalledOnce()
})

test('is left at once, while it waits for a ring and while it keeps its distance', async () => {
  for (const spacingMs of [0, 1_000_000]) {
    const { stream, over, counted } = watching(() => ({ next: 'wait' }), { spacingMs })
    await vi.advanceTimersByTimeAsync(10)
    await stream.return?.()
    await over
    expect(counted).toEqual({ looks: 1, listeners: 0 })
  }
})
