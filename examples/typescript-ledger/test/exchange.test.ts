import { expect, it } from 'vitest'
import { toEuro } from '../src/exchange.ts'

it('leaves euros as they are', () => {
  expect(toEuro(1_250, 'EUR')).toBe(1_250)
})

it('refuses a currency without a rate', () => {
  expect(() => toEuro(1_250, 'XYZ')).toThrow('XYZ')
})
