import { describe, expect, test, vi } from 'vitest'
import { createSignal, pulled } from './pulled.ts'

describe('a pulled stream', () => {
  test('asks its source only when it is asked, one call after the other', async () => {
    let calls = 0
    let under = 0
    const stream = pulled({
      async next() {
        expect(++under).toBe(1)
        await new Promise(resolve => setTimeout(resolve, 5))
        under--
        return ++calls
      },
      close() {},
    })
    expect(calls).toBe(0)
    const values = await Promise.all([stream.next(), stream.next(), stream.next()])
    expect(values.map(one => one.value)).toEqual([1, 2, 3])
  })

  test('ends at once when it is returned, also while a value is on its way', async () => {
    const signal = createSignal()
    const close = vi.fn(signal.raise)
    const stream = pulled({ next: () => signal.wait().then(() => 'late'), close })
    const pending = stream.next()
    await Promise.resolve()
    await stream.return?.()
    expect(await pending).toEqual({ done: true, value: undefined })
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    await stream.return?.()
    expect(close).toHaveBeenCalledTimes(1)
  })

  test('closes its source after an error, which only the caller at hand sees', async () => {
    const close = vi.fn()
    const stream = pulled({ next: () => Promise.reject(new Error('broken')), close })
    await expect(stream.next()).rejects.toThrow('broken')
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    expect(close).toHaveBeenCalledTimes(1)
  })

  test('closes its source at the end', async () => {
    const close = vi.fn()
    const values = ['a', 'b']
    const seen: string[] = []
    for await (const value of pulled({ next: async () => values.shift(), close })) seen.push(value)
    expect(seen).toEqual(['a', 'b'])
    expect(close).toHaveBeenCalledTimes(1)
  })
})

describe('a signal', () => {
  test('that was raised before is seen once', async () => {
    const signal = createSignal()
    signal.raise()
    signal.raise()
    await signal.wait()
    const second = vi.fn()
    void signal.wait().then(second)
    await new Promise(resolve => setTimeout(resolve, 5))
    expect(second).not.toHaveBeenCalled()
    signal.raise()
    await vi.waitFor(() => expect(second).toHaveBeenCalled())
  })

  test('is waited for no longer than told', async () => {
    const before = performance.now()
    await createSignal().wait(20)
    expect(performance.now() - before).toBeGreaterThan(15)
  })
})
