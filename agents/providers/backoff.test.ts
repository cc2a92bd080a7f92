import { expect, test } from 'vitest'
import type { ModelError } from '../../domain/model.ts'
import { nextTry } from './backoff.ts'

const error = (changes: Partial<ModelError> = {}): ModelError => ({
  code: 'OVERLOADED',
  message: '',
  retryable: true,
  retryAfterMs: null,
  ...changes,
})

test('doubles from a second, drawn from the upper half', () => {
  expect([1, 2, 3].map(tries => nextTry(error(), tries, 0)?.waitMs)).toEqual([500, 1_000, 2_000])
  expect([1, 2, 3].map(tries => nextTry(error(), tries, 0.999)?.waitMs)).toEqual([1_000, 1_999, 3_998])
})

test('ends after four tries, after two of what is broken, and at once of what will not change', () => {
  expect(nextTry(error(), 4, 0)).toBeNull()
  expect(nextTry(error({ code: 'GARBAGE' }), 1, 0)).not.toBeNull()
  expect(nextTry(error({ code: 'GARBAGE' }), 2, 0)).toBeNull()
  expect(nextTry(error({ code: 'UNAUTHORISED', retryable: false }), 1, 0)).toBeNull()
})

test('never comes sooner than it was asked to, and not at all after five minutes', () => {
  expect(nextTry(error({ retryAfterMs: 20_000 }), 1, 0)).toEqual({ waitMs: 20_000 })
  expect(nextTry(error({ retryAfterMs: 20_000 }), 1, 0.5)).toEqual({ waitMs: 20_500 })
  expect(nextTry(error({ retryAfterMs: 300_001 }), 1, 0)).toBeNull()
})
