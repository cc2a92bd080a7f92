/** The API over HTTP: GraphQL over HTTP as specified, and subscriptions as server-sent events. */
import { GraphQLError, type Source } from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
import type { Context } from './context.ts'
import type { Documents } from './documents.ts'
import type { MaskError } from './errors.ts'
import type { Execution, Operation } from './execution.ts'

export type YogaDeps = { execution: Execution; documents: Documents; mask: MaskError; bodyBytes: number }

/** What the routes add to each request. */
export type ServerContext = { operationContext: () => Context }

export function createGraphQLOverHttp({ execution, documents, mask, bodyBytes }: YogaDeps) {
  return createYoga<ServerContext, Context>({
    schema: execution.schema,
    context: ({ operationContext }) => operationContext(),
    graphqlEndpoint: '/graphql',
    maxRequestBodySize: bodyBytes,
    maskedErrors: { maskError: error => mask(error) },
    // Documents are remembered by us, for WebSockets too.
    parserAndValidationCache: false,
    logging: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    plugins: [ownEngine(execution, documents)],
  })
}

/** Prepares and runs operations as every other door does. */
function ownEngine(execution: Execution, { prepare, faultsOf }: Documents): Plugin {
  const parse = (source: string | Source) => {
    const { document, errors } = prepare(typeof source === 'string' ? source : source.body)
    if (document === null) throw badRequest(errors[0] ?? new GraphQLError('This is no document'))
    return document
  }
  return {
    onParse: ({ setParseFn }) => setParseFn(parse),
    onValidate: ({ params, setResult }) => setResult(faultsOf(params.documentAST).map(badRequest)),
    onExecute: ({ setExecuteFn }) => setExecuteFn(args => execution.execute(args as Operation)),
    onSubscribe: ({ setSubscribeFn }) => setSubscribeFn(args => execution.subscribe(args as Operation)),
  }
}

/** 400, except for clients that only know `application/json`, which are answered 200 as the specification has it. */
function badRequest({ message, nodes, source, positions, extensions }: GraphQLError): GraphQLError {
  const http = { status: 400, spec: true }
  const place = { nodes: nodes ?? null, source: source ?? null, positions: positions ?? null }
  return new GraphQLError(message, { ...place, extensions: { ...extensions, http } })
}
