import { expect, test, vi } from 'vitest'
import { createKept } from './kept.ts'

test('a thing is made once, by the first who asks for it', () => {
  const make = vi.fn(() => ({ made: true }))
  const kept = createKept()
  expect(kept(make)).toBe(kept(make))
  expect(make).toHaveBeenCalledOnce()
  expect(createKept()(make)).not.toBe(kept(make))
})

test('what is nothing is kept as well', () => {
  const make = vi.fn(() => undefined)
  const kept = createKept()
  kept(make)
  kept(make)
  expect(make).toHaveBeenCalledOnce()
})
