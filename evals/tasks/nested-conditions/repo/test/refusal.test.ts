import { expect, test } from 'vitest'
import { refusal } from '../src/refusal.ts'

test('who is verified may order', () => {
  expect(refusal({ active: true, age: 30, country: 'DE', verified: true })).toBe(null)
  expect(refusal(null)).toBe('unknown')
})
