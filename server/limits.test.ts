import { getIntrospectionQuery } from 'graphql'
import { describe, expect, test } from 'vitest'
import { costOf, createParser, defaultLimits } from './limits.ts'

const parse = createParser()
const nested = (depth: number) => `{ ${'a { '.repeat(depth - 1)}b${' }'.repeat(depth - 1)} }`
const repeat = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ')

/** Each fragment spreads the next one twice: 2ⁿ fields out of n lines. */
const fanOut = (levels: number) =>
  `{ ...F0 } ${repeat(levels, n => `fragment F${n} on Query { a${n}: x { ...F${n + 1} } b${n}: x { ...F${n + 1} } }`)} fragment F${levels} on Query { x }`

describe('an operation is refused beyond', () => {
  test.each([
    ['levels', nested(11), /11 levels; at most 10/],
    [
      'levels through fragments',
      `{ ...F } fragment F on Q { ${nested(10).slice(1, -1).replace('b', 'b { c }')} }`,
      /levels/,
    ],
    ['aliases', `{ ${repeat(31, n => `a${n}: x`)} }`, /31 aliases/],
    ['root fields', `{ ${'x '.repeat(21)} }`, /21 fields at its root/],
    [
      'root fields through fragments',
      `{ ...F ...F } fragment F on Query { ${'x '.repeat(11)} }`,
      /22 fields at its root/,
    ],
    ['directives', `{ ${'x @skip(if: true) '.repeat(21)} }`, /directives/],
    ['tokens', `{ x(a: [${'1 '.repeat(2_000)}]) }`, /tokens/],
    ['fields', `{ a { ...F ...F ...F } } fragment F on X { ${'x '.repeat(700)} }`, /2101 fields/],
    [
      'rows, asked for',
      '{ runs(first: 100) { nodes { tasks(first: 100) { nodes { artifacts(last: 3) { nodes { id } } } } } } }',
      /40100 rows/,
    ],
    ['rows, unknown', 'query($n: Int) { a(first: $n) { b(first: $n) { c(first: $n) { id } } } }', /rows/],
    ['rows, unasked', '{ a { nodes { b { nodes { c { nodes { d { nodes { id } } } } } } } } }', /rows/],
    ['a page of a billion', '{ runs(first: 1000000000) { nodes { id } } }', /more than a million rows/],
  ])('its %s', (_, document, message) => {
    expect(() => parse(document)).toThrow(message)
  })
})

test('a fan-out of 2^20 is refused within 100 ms', () => {
  const refuse = () => {
    expect(() => parse(fanOut(20))).toThrow(/fields|levels|aliases/)
    expect(() => createParser({ ...defaultLimits, depth: 1_000, aliases: 1_000 })(fanOut(20))).toThrow(
      /more than a million fields/,
    )
  }
  expect(quickest(refuse)).toBeLessThan(100)
})

test('a depth of 200 is refused within 50 ms, a literal nested 5,000 deep at all', () => {
  const refuse = () => {
    expect(() => parse(nested(90))).toThrow(/levels/)
    expect(() => parse(nested(200))).toThrow(/brackets/)
  }
  expect(quickest(refuse)).toBeLessThan(50)
  expect(() => parse(`{ x(a: ${'['.repeat(5_000)}${']'.repeat(5_000)}) }`)).toThrow(/101 brackets/)
  expect(() => parse('{ '.repeat(1_900))).toThrow(/101 brackets/)
})

test('circular fragments are left for validation to refuse', () => {
  expect(parse('{ ...A } fragment A on Query { x ...B } fragment B on Query { ...A }').definitions).toHaveLength(3)
})

test('introspection as clients do it is allowed', () => {
  expect(() => parse(getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }))).not.toThrow()
})

test('the cost of an operation is its fields, fragments written out', () => {
  const document = parse('query A { a { ...F } } query B { x } fragment F on X { b c }')
  expect(costOf(document, 'A')).toBe(3)
  expect(costOf(document, 'B')).toBe(1)
  expect(costOf(document, 'C')).toBe(0)
})

/** Milliseconds of the quickest of five: a busy machine slows some of them down, a slow refusal all of them. */
function quickest(work: () => void): number {
  const taken = Array.from({ length: 5 }, () => {
    const began = performance.now()
    work()
    return performance.now() - began
  })
  return Math.min(...taken)
}
