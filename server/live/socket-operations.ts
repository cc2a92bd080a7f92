/** Operations over a WebSocket: prepared within limits, run as everywhere, and run events fanned out. */
import { type ExecutionArgs, type ExecutionResult, GraphQLError, getOperationAST } from 'graphql'
import type { SubscribePayload } from 'graphql-ws'
import type { Principal } from '../auth/principal.ts'
import type { Context } from '../context.ts'
import type { Documents } from '../documents.ts'
import { type Execution, isStream, type Operation, type ResultStream } from '../execution.ts'
import type { Socket } from './admission.ts'
import type { FanOut, Outlet } from './fan-out.ts'
import { createOutlet } from './outlet.ts'
import { isRunEventSource } from './run-event-source.ts'
import { watchKey } from './watch-key.ts'

export type SocketOperationsDeps = {
  execution: Execution
  documents: Documents
  fanOut: FanOut
  contextFor: (principal: Principal) => Context
  subscriptionsPerSocket: number
}

/** An operation, and where its results go. */
type SocketOperation = Operation & { readonly outlet: Outlet }

export function createSocketOperations({
  execution,
  documents,
  fanOut,
  contextFor,
  subscriptionsPerSocket,
}: SocketOperationsDeps) {
  return {
    /** What is to be run, or why it will not be. */
    prepare(socket: Socket, id: string, payload: SubscribePayload): ExecutionArgs | readonly GraphQLError[] {
      const { principal, connection } = socket.extra
      if (principal === null) throw new Error('an operation came before its socket was let in')
      // This one is among them already.
      if (Object.keys(socket.subscriptions).length > subscriptionsPerSocket) {
        return refusal('LIMIT_REACHED', `At most ${subscriptionsPerSocket} operations at once on one socket`)
      }
      const { document, errors } = documents.prepare(payload.query)
      if (document === null || errors.length > 0) return errors
      if (getOperationAST(document, payload.operationName) == null)
        return refusal('BAD_INPUT', 'The document has no such operation')
      const operation: SocketOperation = {
        schema: execution.schema,
        document,
        operationName: payload.operationName ?? null,
        variableValues: payload.variables ?? {},
        rootValue: undefined,
        contextValue: contextFor(principal),
        outlet: createOutlet(socket.extra.socket, connection, id),
      }
      return operation
    },

    execute: (args: ExecutionArgs): Promise<ExecutionResult> => execution.execute(args as SocketOperation),

    async subscribe(args: ExecutionArgs): Promise<ResultStream | ExecutionResult> {
      const operation = args as SocketOperation
      const source = await execution.open(operation)
      if (!isStream(source)) return source
      if (!isRunEventSource(source)) return execution.results(operation, source)
      const { runId, after } = source
      const watch = {
        key: watchKey(operation, runId),
        runId,
        after,
        execute: (batch: unknown) => execution.result(operation, batch),
      }
      return fanOut.watch(watch, operation.outlet)
    },
  }
}

const refusal = (code: string, message: string): readonly GraphQLError[] => [
  new GraphQLError(message, { extensions: { code } }),
]
