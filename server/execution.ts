/** Running an operation, the same way through every door: bounded in time, charged to its key, its errors masked. */
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute as executeGraphQL,
  type GraphQLSchema,
  getOperationAST,
} from 'graphql'
import { OrreryError } from '../domain/errors.ts'
import type { Budget } from './budget.ts'
import { type Context, renewed } from './context.ts'
import { type MaskError, maskResult } from './errors.ts'
import { costOf } from './limits.ts'

export type Operation = Omit<ExecutionArgs, 'contextValue'> & { contextValue: Context; document: DocumentNode }
export type ResultStream = AsyncIterableIterator<ExecutionResult>

export type Execution = {
  readonly schema: GraphQLSchema
  /** A query or a mutation. Never throws. */
  execute(operation: Operation): Promise<ExecutionResult>
  /** A subscription: a stream of results, or the errors of its beginning. */
  subscribe(operation: Operation): Promise<ResultStream | ExecutionResult>
  /** What a subscription is about: its source, or the errors of its beginning. */
  open(operation: Operation): Promise<AsyncIterable<unknown> | ExecutionResult>
  /** One result of a subscription from what its source gave. Never throws. */
  result(operation: Operation, payload: unknown): Promise<ExecutionResult>
  /** A stream of results out of a source. */
  results(operation: Operation, source: AsyncIterable<unknown>): ResultStream
}

export type ExecutionDeps = {
  schema: GraphQLSchema
  mask: MaskError
  budget: Budget /** The longest that one execution may take. */
  executionMs: number
  /** Told of every operation: `query`, `mutation` or `subscription`, and `ok`, `errors` or `refused`. */
  onDone?: (kind: string, outcome: string) => void
}

export function createExecution({ schema, mask, budget, executionMs, onDone = () => {} }: ExecutionDeps): Execution {
  const failed = (error: unknown): ExecutionResult => ({ errors: [mask(error)] })

  const bounded = async (operation: Operation): Promise<ExecutionResult> => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        reject,
        executionMs,
        new OrreryError('TIMEOUT', `this took longer than ${executionMs} ms`, { hint: 'Ask for less.' }),
      )
    })
    try {
      return maskResult(await Promise.race([executeGraphQL(operation), late]), mask)
    } catch (error) {
      return failed(error)
    } finally {
      clearTimeout(timer)
    }
  }

  const charge = ({ document, operationName, contextValue }: Operation): number => {
    const cost = costOf(document, operationName)
    budget.spend(contextValue.principal.keyId, cost)
    return cost
  }

  const open = async (operation: Operation): Promise<AsyncIterable<unknown> | ExecutionResult> => {
    try {
      charge(operation)
      const source = await createSourceEventStream(operation)
      onDone('subscription', isStream(source) ? 'ok' : 'errors')
      return isStream(source) ? source : maskResult(source, mask)
    } catch (error) {
      onDone('subscription', 'refused')
      return failed(error)
    }
  }

  const result = (operation: Operation, payload: unknown) =>
    bounded({ ...operation, rootValue: payload, contextValue: renewed(operation.contextValue) })

  const results = (operation: Operation, source: AsyncIterable<unknown>): ResultStream => {
    const iterator = source[Symbol.asyncIterator]()
    let over = false
    const end = async (): Promise<IteratorResult<ExecutionResult>> => {
      over = true
      await iterator.return?.()
      return { done: true, value: undefined }
    }
    return {
      async next() {
        if (over) return { done: true, value: undefined }
        try {
          const { done, value } = await iterator.next()
          return done ? end() : { done: false, value: await result(operation, value) }
        } catch (error) {
          await end()
          return { done: false, value: failed(error) }
        }
      },
      return: end,
      [Symbol.asyncIterator]() {
        return this
      },
    }
  }

  return {
    schema,
    async execute(operation) {
      const kind = getOperationAST(operation.document, operation.operationName)?.operation ?? 'query'
      try {
        const cost = charge(operation)
        const result = await bounded(operation)
        onDone(kind, result.errors === undefined ? 'ok' : 'errors')
        return { ...result, extensions: { cost } }
      } catch (error) {
        onDone(kind, 'refused')
        return failed(error)
      }
    },
    async subscribe(operation) {
      const source = await open(operation)
      return isStream(source) ? results(operation, source) : source
    },
    open,
    result,
    results,
  }
}

export const isStream = (value: AsyncIterable<unknown> | ExecutionResult): value is AsyncIterable<unknown> =>
  Symbol.asyncIterator in value
