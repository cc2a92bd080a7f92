/** What of an error a client may see: codes of the closed list, and messages that were meant for it. All else is masked. */
import { randomBytes } from 'node:crypto'
import { GraphQLError } from 'graphql'
import { isTemporary } from '../db/connect.ts'
import { type ErrorCode, errorCodes, OrreryError } from '../domain/errors.ts'

/** Told of every error that was masked, with the reference that the client was given instead. */
export type ReportMasked = (error: unknown, reference: string) => void

export type MaskError = (error: unknown) => GraphQLError

export function createMask(report: ReportMasked): MaskError {
  return error => {
    if (error instanceof GraphQLError) {
      if (isMasked(error)) return error
      return error.originalError == null ? refused(error) : masked(error.originalError, error)
    }
    return masked(error, null)
  }

  function masked(cause: unknown, at: GraphQLError | null): GraphQLError {
    if (cause instanceof GraphQLError) return refused(cause, at ?? cause)
    if (cause instanceof OrreryError && cause.code !== 'INTERNAL') {
      return rebuilt(cause.message, at, {
        code: cause.code,
        retryable: cause.retryable,
        ...(cause.hint === '' ? {} : { hint: cause.hint }),
      })
    }
    if (isTemporary(cause)) return rebuilt('Postgres does not answer', at, { code: 'UNAVAILABLE', retryable: true })
    const reference = randomBytes(6).toString('hex')
    report(cause, reference)
    return rebuilt(`Something went wrong here; the log has more under ${reference}`, at, {
      code: 'INTERNAL',
      retryable: true,
      unexpected: true,
    })
  }
}

const isMasked = (error: GraphQLError): boolean =>
  errorCodes.includes(error.extensions.code as ErrorCode) && error.originalError == null

/** A fault of the request itself, as GraphQL found it. */
function refused(error: GraphQLError, at: GraphQLError = error): GraphQLError {
  const { code, http } = error.extensions
  const known = errorCodes.find(one => one === code) ?? 'BAD_INPUT'
  return rebuilt(withoutSuggestion(error.message), at, {
    ...error.extensions,
    code: known,
    ...(http === undefined ? {} : { http }),
  })
}

/** What exists is told by the schema to those who may read it, not by typing errors. */
const withoutSuggestion = (message: string): string => message.replace(/ Did you mean .*\?$/s, '')

function rebuilt(message: string, at: GraphQLError | null, extensions: Record<string, unknown>): GraphQLError {
  const place = {
    nodes: at?.nodes ?? null,
    source: at?.source ?? null,
    positions: at?.positions ?? null,
    path: at?.path ?? null,
  }
  return new GraphQLError(message, { ...place, extensions })
}

/** The errors of a result, masked. */
export function maskResult<Result extends { errors?: readonly GraphQLError[] }>(
  result: Result,
  mask: MaskError,
): Result {
  return result.errors === undefined ? result : { ...result, errors: result.errors.map(mask) }
}
