/** Documents as they come in: parsed within limits, validated, and remembered, through whatever door they came. */
import { type DocumentNode, type GraphQLError, type GraphQLSchema, validate } from 'graphql'
import type { MaskError } from './errors.ts'
import { createParser } from './limits.ts'

/** `document` is null where it could not be parsed; it may be run where `errors` is empty. */
export type Prepared = { document: DocumentNode | null; errors: readonly GraphQLError[] }

export interface Documents {
  /** Never throws: what is wrong with a document is in its `errors`. */
  prepare(query: string): Prepared
  /** What was found wrong with a document that `prepare` parsed. */
  faultsOf(document: DocumentNode): readonly GraphQLError[]
}

/** Characters of all documents that are remembered, and of the longest of them. A client has a few dozen of some hundred. */
const remembered = 4_000_000
const longest = 20_000

export function createDocuments(schema: GraphQLSchema, mask: MaskError): Documents {
  const known = new Map<string, Prepared>()
  const faults = new WeakMap<DocumentNode, readonly GraphQLError[]>()
  const parse = createParser()
  let characters = 0

  const examine = (query: string): Prepared => {
    try {
      const document = parse(query)
      const errors = validate(schema, document).map(mask)
      faults.set(document, errors)
      return { document, errors }
    } catch (error) {
      return { document: null, errors: [mask(error)] }
    }
  }

  const remember = (query: string, prepared: Prepared) => {
    if (query.length > longest) return
    for (const oldest of known.keys()) {
      if (characters + query.length <= remembered) break
      known.delete(oldest)
      characters -= oldest.length
    }
    known.set(query, prepared)
    characters += query.length
  }

  return {
    prepare(query) {
      const found = known.get(query)
      if (found !== undefined) return found
      const prepared = examine(query)
      remember(query, prepared)
      return prepared
    },
    faultsOf: document => faults.get(document) ?? validate(schema, document).map(mask),
  }
}
