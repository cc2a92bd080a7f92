/** Documents as they come in: parsed within limits, validated, and remembered. */
import { type DocumentNode, type GraphQLError, type GraphQLSchema, validate } from 'graphql'
import type { MaskError } from './errors.ts'
import { createParser } from './limits.ts'

export type Prepared = { document: DocumentNode } | { errors: readonly GraphQLError[] }

/** Documents that are remembered. A client has a few dozen. */
const remembered = 1_000

/** Never throws: what is wrong with a document is in its `errors`. */
export function createDocuments(schema: GraphQLSchema, mask: MaskError): (query: string) => Prepared {
  const known = new Map<string, Prepared>()
  const parse = createParser()

  const prepare = (query: string): Prepared => {
    try {
      const document = parse(query)
      const errors = validate(schema, document)
      return errors.length === 0 ? { document } : { errors: errors.map(mask) }
    } catch (error) {
      return { errors: [mask(error)] }
    }
  }

  return query => {
    const found = known.get(query)
    if (found !== undefined) return found
    const prepared = prepare(query)
    if (known.size >= remembered) known.delete(known.keys().next().value ?? '')
    known.set(query, prepared)
    return prepared
  }
}
