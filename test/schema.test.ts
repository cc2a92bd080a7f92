import { readFileSync } from 'node:fs'
import { generate } from '@graphql-codegen/cli'
import { type GraphQLObjectType, isInterfaceType, isObjectType, isUnionType, validateSchema } from 'graphql'
import { describe, expect, test } from 'vitest'
import codegen from '../codegen.ts'
import { eventTypes } from '../domain/run/events.ts'
import { printed } from '../server/schema/print.ts'
import { createSchema } from '../server/schema/schema.ts'
import { inCheckout } from '../setup/checkout.mjs'

const schema = createSchema()
const types = Object.values(schema.getTypeMap()).filter(type => !type.name.startsWith('__'))

describe('the schema', () => {
  test('is the one that is committed (npm run codegen writes it)', () => {
    expect(printed()).toBe(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'))
  })

  test('is valid', () => {
    expect(validateSchema(schema)).toEqual([])
  })

  test('takes one input in every mutation and answers with a union of its payload and refusals', () => {
    for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      expect(field.args.map(arg => arg.name)).toEqual(['input'])
      const Name = `${field.name[0]?.toUpperCase()}${field.name.slice(1)}`
      expect(String(field.type)).toBe(`${Name}Result!`)
      const result = schema.getType(`${Name}Result`)
      expect(isUnionType(result)).toBe(true)
      const members = isUnionType(result) ? result.getTypes() : []
      const [payload, ...refusals] = [...members].sort((a, b) => Number(isRefusal(a)) - Number(isRefusal(b)))
      expect(payload?.name).toBe(`${Name}Payload`)
      expect(refusals.length).toBeGreaterThan(3)
      expect(refusals.every(isRefusal)).toBe(true)
    }
  })

  test('pages every connection in both directions, with nodes beside edges', () => {
    const fields = types.filter(isObjectType).flatMap(type => Object.values(type.getFields()))
    const connections = fields.filter(field => String(field.type).endsWith('Connection!'))
    expect(connections.length).toBeGreaterThanOrEqual(7)
    for (const field of connections) {
      expect(field.args.map(arg => arg.name)).toEqual(expect.arrayContaining(['first', 'after', 'last', 'before']))
      const connection = schema.getType(String(field.type).replace('!', '')) as GraphQLObjectType
      expect(Object.keys(connection.getFields()).sort()).toEqual(['edges', 'nodes', 'pageInfo', 'totalCount'])
    }
  })
})

test('the generated clients are those of the schema and of their documents (npm run codegen writes them)', async () => {
  const files = (await generate({ ...codegen, silent: true, cwd: inCheckout() }, false)) as {
    filename: string
    content: string
  }[]
  expect(files.length).toBeGreaterThanOrEqual(6)
  for (const { filename, content } of files) expect(content, filename).toBe(readFileSync(inCheckout(filename), 'utf8'))
}, 60_000)

const isRefusal = (type: GraphQLObjectType): boolean => type.getInterfaces().some(one => one.name === 'UserError')

describe('event types', () => {
  const interfaceType = schema.getType('RunEvent')
  const events = isInterfaceType(interfaceType) ? schema.getPossibleTypes(interfaceType) : []

  test('are one object each, and one for what is unknown', () => {
    expect(events.map(type => type.name).sort()).toEqual([...eventTypes, 'UnknownEvent'].sort())
  })

  test('give the same field name the same type, so that fragments never conflict', () => {
    const seen = new Map<string, string>()
    for (const event of events) {
      for (const field of Object.values((event as GraphQLObjectType).getFields())) {
        const known = seen.get(field.name) ?? String(field.type)
        expect(`${event.name}.${field.name}: ${field.type}`).toBe(`${event.name}.${field.name}: ${known}`)
        seen.set(field.name, known)
      }
    }
    expect(seen.size).toBeGreaterThan(40)
  })

  test('show every field of the vocabulary', () => {
    const fieldsOf = (name: string) =>
      Object.entries((schema.getType(name) as GraphQLObjectType).getFields()).map(
        ([field, { type }]) => `${field}: ${type}`,
      )
    expect(fieldsOf('ArtifactCreated')).toEqual(
      expect.arrayContaining([
        'artifactId: ID!',
        'kind: String!',
        'size: BigInt!',
        'hash: String!',
        'taskIndex: Int',
        'attempt: Int',
      ]),
    )
    expect(fieldsOf('RunStarted')).toEqual(
      expect.arrayContaining(['dueAt: DateTime', 'parentRunId: ID', 'variables: JSON']),
    )
    expect(fieldsOf('TaskPlanned')).toEqual(
      expect.arrayContaining(['needs: [Int!]!', 'retry: JSON', 'trigger: String!']),
    )
    expect(fieldsOf('RunFailed')).toEqual(expect.arrayContaining(['error: Failure!']))
  })
})
