import { buildSchema } from 'graphql'
import { expect, test } from 'vitest'
import { createDocuments } from './documents.ts'
import { createMask } from './errors.ts'

const schema = buildSchema('type Query { name: String }')
const documents = () =>
  createDocuments(
    schema,
    createMask(() => {}),
  )

test('a document is parsed and validated once', () => {
  const { prepare, faultsOf } = documents()
  const first = prepare('{ name }')
  expect(first).toMatchObject({ errors: [] })
  expect(prepare('{ name }')).toBe(first)
  expect(first.document && faultsOf(first.document)).toEqual([])
})

test.each([
  ['{', true, 'BAD_INPUT'],
  ['{ nam }', false, 'BAD_INPUT'],
  [`{ ${'name '.repeat(30)} }`, true, 'LIMIT_EXCEEDED'],
])('%s is remembered with what is wrong with it', (query, unparsed, code) => {
  const { prepare } = documents()
  const found = prepare(query)
  expect(found.document === null).toBe(unparsed)
  expect(found.errors).toMatchObject([{ extensions: { code } }])
  expect(prepare(query)).toBe(found)
})

test('what is remembered is bounded by its length: the oldest goes first, and long documents are not kept', () => {
  const { prepare } = documents()
  const padded = (index: number) => `{ name } # ${index} ${'x'.repeat(19_000)}`
  const first = prepare(padded(0))
  expect(prepare(padded(0))).toBe(first)
  for (let index = 1; index <= 250; index++) prepare(padded(index))
  expect(prepare(padded(0))).not.toBe(first)
  const long = `{ name } # ${'x'.repeat(30_000)}`
  expect(prepare(long)).not.toBe(prepare(long))
})
