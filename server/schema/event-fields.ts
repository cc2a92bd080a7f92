/**
 * GraphQL fields out of the zod vocabulary: what an event carries is declared once, in `domain/run/events.ts`. A schema
 * may name its GraphQL type with `.meta({ graphql: 'DateTime' })`; otherwise it follows from the schema: whole numbers are
 * Int, other numbers Float, UUIDs ID, text and enums String.
 */
import { z } from 'zod'

export type EventField = {
  type: 'DateTime' | 'BigInt' | 'JSON' | 'Failure' | 'ID' | 'Int' | 'Float' | 'String' | 'Boolean'
  list: boolean
  nullable: boolean
}

const named = ['DateTime', 'BigInt', 'JSON', 'Failure'] as const

/** Throws for a schema that has no counterpart: a fault in the vocabulary, found when the server starts. */
export function eventField(schema: z.ZodType, path: string): EventField {
  const name = graphqlName(schema)
  // `null` is a JSON value too, so a JSON field can never promise to be there.
  if (name !== null) return { type: name, list: false, nullable: name === 'JSON' || schema instanceof z.ZodNullable }
  if (schema instanceof z.ZodNullable) return { ...eventField(schema.unwrap() as z.ZodType, path), nullable: true }
  if (schema instanceof z.ZodArray) {
    const element = eventField(schema.element as z.ZodType, path)
    if (element.list || element.nullable)
      throw new Error(`${path}: lists of lists or of null have no GraphQL type here`)
    return { ...element, list: true }
  }
  if (schema instanceof z.ZodNumber)
    return { type: schema.format === 'safeint' ? 'Int' : 'Float', list: false, nullable: false }
  if (schema instanceof z.ZodBoolean) return { type: 'Boolean', list: false, nullable: false }
  if (schema instanceof z.ZodUUID) return { type: 'ID', list: false, nullable: false }
  if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat || schema instanceof z.ZodEnum) {
    return { type: 'String', list: false, nullable: false }
  }
  throw new Error(`${path}: say with .meta({ graphql: … }) what this is in GraphQL`)
}

function graphqlName(schema: z.ZodType): (typeof named)[number] | null {
  const given = schema.meta()?.graphql
  return named.find(name => name === given) ?? null
}
