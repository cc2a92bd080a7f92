/**
 * The closed list of codes that leave this system. A client switches on `code`; `message` says what, where and how to
 * mend it; `retryable` says whether the same request may succeed later without a change.
 */
export const errorCodes = [
  'BAD_INPUT',
  'NOT_FOUND',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'CONFLICT',
  'IDEMPOTENCY_MISMATCH',
  'STALE_EPOCH',
  'LIMIT_REACHED',
  'UPGRADE_REQUIRED',
  'UNAVAILABLE',
  'SANDBOX_UNAVAILABLE',
  'LIMIT_EXCEEDED',
  'TIMEOUT',
  'CANCELLED',
  'WORKER_LOST',
  'TASK_FAILED',
  /** A person said no, or nobody said yes in time. */
  'DENIED',
  'BUDGET_EXCEEDED',
  'INTERNAL',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** Thrown for "no". Whoever is shown the message is meant to read it: it never holds a secret or a path of the host. */
export class OrreryError extends Error {
  readonly code: ErrorCode
  readonly retryable: boolean
  /** What the reader can do about it, as one sentence; empty where the message already says so. */
  readonly hint: string

  constructor(code: ErrorCode, message: string, options: { retryable?: boolean; hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'OrreryError'
    this.code = code
    this.retryable = options.retryable ?? false
    this.hint = options.hint ?? ''
  }
}

/** An error as it is recorded in an event. */
export type Failure = { code: ErrorCode; message: string; hint: string; retryable: boolean }

/** What of an unknown throw may be recorded: an OrreryError in full, anything else as INTERNAL with its message. */
export function toFailure(error: unknown): Failure {
  if (error instanceof OrreryError) {
    return {
      code: error.code,
      message: error.message.slice(0, 2_000),
      hint: error.hint.slice(0, 1_000),
      retryable: error.retryable,
    }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'INTERNAL', message: message.slice(0, 2_000), hint: '', retryable: true }
}
