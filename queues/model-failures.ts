/** What a model's error is to the task that asked. */
import { type ErrorCode, type Failure, OrreryError } from '../domain/errors.ts'
import type { ModelError } from '../domain/model.ts'

const codeOf: Readonly<Record<ModelError['code'], ErrorCode>> = {
  RATE_LIMITED: 'UNAVAILABLE',
  OVERLOADED: 'UNAVAILABLE',
  UNAUTHORISED: 'UNAUTHENTICATED',
  UNKNOWN_MODEL: 'NOT_FOUND',
  CONTEXT_TOO_LONG: 'LIMIT_EXCEEDED',
  BAD_REQUEST: 'BAD_INPUT',
  UNREACHABLE: 'UNAVAILABLE',
  TIMED_OUT: 'TIMEOUT',
  TRUNCATED: 'UNAVAILABLE',
  GARBAGE: 'UNAVAILABLE',
  CANCELLED: 'CANCELLED',
  SERVER_ERROR: 'UNAVAILABLE',
}

export const asFailure = ({ code, message, retryable }: ModelError): Failure => ({
  code: codeOf[code],
  message: message.slice(0, 2_000),
  hint: '',
  retryable,
})

export function failureOf(last: ModelError | null, message: string): OrreryError {
  const code = last === null ? 'UNAVAILABLE' : codeOf[last.code]
  return new OrreryError(code, message.slice(0, 2_000), { retryable: last?.retryable ?? true })
}
