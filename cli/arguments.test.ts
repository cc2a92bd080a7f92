import { expect, test } from 'vitest'
import { dollars, dollarsOrNone, preference } from './arguments.ts'

test.each([
  ['5', 5_000_000],
  ['$0.25', 250_000],
  ['1.000001', 1_000_001],
  ['0', 0],
])('%s dollars are %d micro-dollars', (text, micros) => {
  expect(dollars(text)).toBe(micros)
})

test.each(['', 'five', '-1', '1,5', '0.0000001', '5 €'])('%j is no sum of money', text => {
  expect(() => dollars(text)).toThrow('It must be dollars')
})

test('no limit has a word of its own', () => {
  expect(dollarsOrNone('none')).toBe('none')
  expect(dollarsOrNone('2')).toBe(2_000_000)
})

test('a preference is weights by name', () => {
  expect(preference('quality=0.7,cost=0.2,latency=.1')).toEqual({ quality: 0.7, cost: 0.2, latency: 0.1 })
  expect(preference('cost=1')).toEqual({ quality: 0, cost: 1, latency: 0 })
})

test.each(['quality', 'quality=2', 'speed=1', 'cost=-1', ''])('%j is no preference', text => {
  expect(() => preference(text)).toThrow('It must be weights')
})

test('a preference for nothing is none', () => {
  expect(() => preference('quality=0')).toThrow('One must weigh something')
})
