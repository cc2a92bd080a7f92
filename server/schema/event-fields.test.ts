import { expect, test } from 'vitest'
import { z } from 'zod'
import { eventSchemas } from '../../domain/run/events.ts'
import { eventField } from './event-fields.ts'

const field = (type: string, more: object = {}) => ({ type, list: false, nullable: false, ...more })

test.each([
  ['a whole number', z.number().int().nonnegative(), field('Int')],
  ['a number', z.number(), field('Float')],
  ['text', z.string().max(5), field('String')],
  ['text of a shape', z.string().regex(/x/), field('String')],
  ['a UUID', z.uuid(), field('ID')],
  ['one of some words', z.enum(['a', 'b']), field('String')],
  ['yes or no', z.boolean(), field('Boolean')],
  ['what may be missing', z.uuid().nullable(), field('ID', { nullable: true })],
  ['a list', z.array(z.number().int()), field('Int', { list: true })],
  ['a moment', z.number().int().meta({ graphql: 'DateTime' }), field('DateTime')],
  [
    'a moment that may be missing',
    z.number().int().meta({ graphql: 'DateTime' }).nullable(),
    field('DateTime', { nullable: true }),
  ],
  ['any JSON, which may be null', z.json().meta({ graphql: 'JSON' }), field('JSON', { nullable: true })],
  ['an object with a name', z.object({}).meta({ graphql: 'Failure' }), field('Failure')],
])('%s', (_, schema, expected) => {
  expect(eventField(schema, 'x')).toEqual(expected)
})

test.each([
  ['an object without a name', z.object({})],
  ['a list of lists', z.array(z.array(z.string()))],
  ['a moment with a name that is none', z.object({}).meta({ graphql: 'Moment' })],
])('%s is refused, with where it stands', (_, schema) => {
  expect(() => eventField(schema, 'RunStarted.x')).toThrow(/^RunStarted\.x: /)
})

test('the whole vocabulary has counterparts', () => {
  for (const [type, schema] of Object.entries(eventSchemas)) {
    for (const [name, inner] of Object.entries(schema.shape))
      expect(() => eventField(inner, `${type}.${name}`)).not.toThrow()
  }
})
