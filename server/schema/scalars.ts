/** Scalars beside GraphQL's own. */
import { GraphQLError, GraphQLScalarType, valueFromASTUntyped } from 'graphql'
import type { Json } from '../../domain/json.ts'

const refuse = (what: string, value: unknown): never => {
  throw new GraphQLError(`${JSON.stringify(value)?.slice(0, 80) ?? 'this'} is not ${what}`, {
    extensions: { code: 'BAD_INPUT' },
  })
}

export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'A moment in UTC, ISO 8601 with milliseconds: `2026-01-31T09:30:00.000Z`.',
  serialize: value => new Date(value as Date | number).toISOString(),
  parseValue(value) {
    const date = new Date(typeof value === 'string' ? value : Number.NaN)
    return Number.isNaN(date.getTime()) ? refuse('a moment such as 2026-01-31T09:30:00Z', value) : date
  },
})

function toBigInt(value: unknown): bigint {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  return typeof value === 'string' && /^-?\d{1,38}$/.test(value) ? BigInt(value) : refuse('a whole number', value)
}

const maxSafe = BigInt(Number.MAX_SAFE_INTEGER)

export const BigIntScalar = new GraphQLScalarType<bigint, number | string>({
  name: 'BigInt',
  description:
    'A whole number that may not fit in 32 bits: a JSON number up to 2⁵³ − 1, a string beyond that. Both are accepted.',
  serialize(value) {
    const big = BigInt(value as bigint | number | string)
    return big <= maxSafe && big >= -maxSafe ? Number(big) : big.toString()
  },
  parseValue: toBigInt,
  parseLiteral: node => toBigInt(node.kind === 'IntValue' || node.kind === 'StringValue' ? node.value : node.kind),
})

export const JsonScalar = new GraphQLScalarType<Json, Json>({
  name: 'JSON',
  description: 'Any JSON value.',
  serialize: value => value as Json,
  parseValue: value => value as Json,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables) as Json,
})
