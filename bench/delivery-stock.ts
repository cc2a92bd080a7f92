/** The same subscription as graphql-yoga and graphql-ws have it out of the box: an async generator for each subscriber. */
import { EventEmitter, on } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ExecutionArgs } from 'graphql'
import { useServer as serveSockets } from 'graphql-ws/use/ws'
import { createSchema, createYoga } from 'graphql-yoga'
import { WebSocketServer } from 'ws'
import { answer } from './delivery-process.ts'

/** As the subscription shows it; objects also say their `__typename`. */
type ShownBatch = { events: object[] }

const said = new EventEmitter().setMaxListeners(0)
let heartbeat: ShownBatch = { events: [] }
let batches: ShownBatch[] = []

async function* runEvents() {
  const heard = on(said, 'batch')
  yield { runEvents: heartbeat }
  for await (const [batch] of heard) yield { runEvents: batch }
}

const typeDefs = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8')
const schema = createSchema({ typeDefs, resolvers: { Subscription: { runEvents: { subscribe: () => runEvents() } } } })
const yoga = createYoga({ schema })
const server = createServer(yoga)

type Enveloped = ExecutionArgs & { rootValue: Pick<ReturnType<typeof yoga.getEnveloped>, 'execute' | 'subscribe'> }

// As the documentation of graphql-yoga shows it.
serveSockets(
  {
    execute: args => (args as Enveloped).rootValue.execute(args),
    subscribe: args => (args as Enveloped).rootValue.subscribe(args),
    onSubscribe: async (context, _, params) => {
      const enveloped = yoga.getEnveloped({ ...context, params })
      const args = {
        schema: enveloped.schema,
        operationName: params.operationName,
        document: enveloped.parse(params.query),
        variableValues: params.variables,
        contextValue: await enveloped.contextFactory(),
        rootValue: { execute: enveloped.execute, subscribe: enveloped.subscribe },
      }
      const errors = enveloped.validate(args.schema, args.document)
      return errors.length > 0 ? errors : args
    },
  },
  new WebSocketServer({ server, path: yoga.graphqlEndpoint }),
)

answer({
  async listen(given: { heartbeat: ShownBatch; batches: ShownBatch[] }): Promise<number> {
    ;({ heartbeat, batches } = given)
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  },
  say: (index: number) => void said.emit('batch', batches[index % batches.length]),
})
