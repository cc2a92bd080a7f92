/** What is wrong with arguments, one line each, for whoever wrote them: the place, and the shape that is wanted there. */
import type { z } from 'zod'
import type { Json } from '../../domain/json.ts'

type Schema = { readonly [key: string]: Json }

/** `schema` is the JSON Schema of what was parsed; without it, shapes are told by their type alone. */
export function faultsOf(error: z.ZodError, most = 10, schema: Schema = {}): string[] {
  const faults = error.issues.map(issue => `${placeOf(issue.path)}: ${whatIsWrong(issue, schema)}`)
  return faults.length > most ? [...faults.slice(0, most), `… and ${faults.length - most} more`] : faults
}

const placeOf = (path: readonly PropertyKey[]): string =>
  path.length === 0
    ? 'the arguments'
    : path
        .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${String(key)}`))
        .join('')

const names: Readonly<Record<string, string>> = {
  object: 'an object',
  record: 'an object',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  integer: 'a whole number',
  boolean: 'true or false',
}
const nameOf = (type: string): string => names[type] ?? type

/** `must be an object {what, how}, not text` */
function whatIsWrong(issue: z.core.$ZodIssue, schema: Schema): string {
  if (issue.code === 'invalid_value')
    return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`
  if (issue.code !== 'invalid_type') return issue.message
  const received = /received (\w+)$/.exec(issue.message)?.[1] ?? ''
  const wanted = `must be ${shapeOf(schemaAt(schema, issue.path), issue.expected)}`
  return received === 'undefined' ? `is missing; it ${wanted}` : `${wanted}, not ${nameOf(received)}`
}

function shapeOf(given: Schema, expected: string): string {
  const schema = Array.isArray(given.anyOf)
    ? ((given.anyOf.find(one => isSchema(one) && one.type === expected) as Schema | undefined) ?? {})
    : given
  if (expected === 'array' && isSchema(schema.items) && typeof schema.items.type === 'string')
    return `a list, each ${shapeOf(schema.items, schema.items.type)}`
  if (!isSchema(schema.properties)) return nameOf(expected)
  const required = Array.isArray(schema.required) ? schema.required : []
  const fields = Object.keys(schema.properties).map(name => (required.includes(name) ? name : `${name}?`))
  return `${nameOf(expected)} {${fields.join(', ')}}`
}

const isSchema = (value: Json | undefined): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The part of a schema that is about a place; empty where it does not say. */
function schemaAt(schema: Schema, path: readonly PropertyKey[]): Schema {
  return path.reduce<Schema>((at, key) => {
    const inner = typeof key === 'number' ? at.items : isSchema(at.properties) ? at.properties[String(key)] : undefined
    return isSchema(inner) ? inner : {}
  }, schema)
}
