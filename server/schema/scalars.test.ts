import { parseValue as literal } from 'graphql'
import { expect, test } from 'vitest'
import { BigIntScalar, DateTimeScalar, JsonScalar } from './scalars.ts'

test('a big number is a number for as long as JSON carries it, and a string beyond', () => {
  expect(BigIntScalar.serialize(5)).toBe(5)
  expect(BigIntScalar.serialize('9007199254740991')).toBe(9007199254740991)
  expect(BigIntScalar.serialize(9007199254740992n)).toBe('9007199254740992')
  expect(BigIntScalar.parseValue('-9007199254740993')).toBe(-9007199254740993n)
  expect(BigIntScalar.parseValue(7)).toBe(7n)
  expect(BigIntScalar.parseLiteral(literal('12345678901234567890'))).toBe(12345678901234567890n)
  for (const wrong of [1.5, 2 ** 60, '1.5', '', 'x', true, null])
    expect(() => BigIntScalar.parseValue(wrong)).toThrow(/not a whole number/)
  expect(() => BigIntScalar.parseLiteral(literal('true'))).toThrow(/not a whole number/)
})

test('a moment is ISO 8601, with milliseconds', () => {
  expect(DateTimeScalar.serialize(0)).toBe('1970-01-01T00:00:00.000Z')
  expect(DateTimeScalar.parseValue('2026-01-31T09:30:00Z')).toEqual(new Date(Date.UTC(2026, 0, 31, 9, 30)))
  for (const wrong of ['soon', 5, null]) expect(() => DateTimeScalar.parseValue(wrong)).toThrow(/not a moment/)
})

test('JSON is taken as it is, also as a literal with variables in it', () => {
  expect(JsonScalar.parseValue({ a: [null] })).toEqual({ a: [null] })
  expect(JsonScalar.parseLiteral(literal('{ a: [1, "x", null, true], b: { c: 1.5 } }'))).toEqual({
    a: [1, 'x', null, true],
    b: { c: 1.5 },
  })
})
