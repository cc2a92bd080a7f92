/** The API over HTTP: GraphQL over HTTP as specified, and subscriptions as server-sent events. */
import { GraphQLError } from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
import type { Context } from './context.ts'
import type { MaskError } from './errors.ts'
import type { Execution, Operation } from './execution.ts'
import { createParser } from './limits.ts'

export type YogaDeps = { execution: Execution; mask: MaskError; bodyBytes: number }

/** What the routes add to each request. */
export type ServerContext = { operationContext: () => Context }

export function createGraphQLOverHttp({ execution, mask, bodyBytes }: YogaDeps) {
  return createYoga<ServerContext, Context>({
    schema: execution.schema,
    context: ({ operationContext }) => operationContext(),
    graphqlEndpoint: '/graphql',
    maxRequestBodySize: bodyBytes,
    maskedErrors: { maskError: error => mask(error) },
    logging: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    plugins: [ownEngine(execution, mask)],
  })
}

/** Parses within limits, executes as every other door does, and gives what is wrong with a document our own codes. */
function ownEngine(execution: Execution, mask: MaskError): Plugin {
  const parse = createParser()
  return {
    onParse({ setParseFn }) {
      setParseFn(parse)
      return ({ result, replaceParseResult }) => {
        if (result instanceof GraphQLError) replaceParseResult(badRequest(mask(result)))
      }
    },
    onValidate:
      () =>
      ({ valid, result, setResult }) => {
        if (!valid) setResult(result.map(mask))
      },
    onExecute: ({ setExecuteFn }) => setExecuteFn(args => execution.execute(args as Operation)),
    onSubscribe: ({ setSubscribeFn }) => setSubscribeFn(args => execution.subscribe(args as Operation)),
  }
}

/** 400, except for clients that only know `application/json`, which are answered 200 as the specification has it. */
const badRequest = (error: GraphQLError): GraphQLError => {
  error.extensions.http ??= { status: 400, spec: true }
  return error
}
