/** How the command line ends: its exit codes, and its one way of saying no. */
import type { Failure } from '../domain/errors.ts'
import type { RunStatus } from '../domain/run/state.ts'

export const exitCodes = {
  ok: 0,
  /** Of the command line itself: wrong use, no server, a refusal. */
  error: 1,
  cancelled: 2,
  timeout: 3,
  authentication: 4,
  failed: 5,
  /** The run was stopped by a budget. */
  budget: 6,
  /** The run waits for somebody's approval. */
  approval: 7,
  /** Ctrl-C: detached, the run goes on. As a shell expects of SIGINT, so that a script stops here. */
  detached: 130,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** What a user is told: what and where in `message`, how to mend it in `hint`. */
export class CliError extends Error {
  readonly hint: string
  readonly exitCode: ExitCode
  /** As the server calls it; `CLI` where it never came that far. */
  readonly code: string

  constructor(message: string, options: { hint?: string; exitCode?: ExitCode; code?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'CliError'
    this.hint = options.hint ?? ''
    this.exitCode = options.exitCode ?? exitCodes.error
    this.code = options.code ?? 'CLI'
  }
}

/** Of a run, what its exit code depends on. */
type Ended = {
  status: RunStatus
  error: Pick<Failure, 'code'> | null
  tasks?: readonly { error: Pick<Failure, 'code'> | null }[]
}

/** The exit code of a command that waited for a run: what became of it. A run that is still at work counts as ok. */
export function exitCodeOf(run: Ended): ExitCode {
  switch (run.status) {
    case 'PENDING':
    case 'RUNNING':
    case 'PAUSED':
    case 'SUCCEEDED':
      return exitCodes.ok
    case 'WAITING':
      return exitCodes.approval
    case 'CANCELLED':
      return exitCodes.cancelled
    case 'FAILED':
      if (run.error?.code === 'TIMEOUT') return exitCodes.timeout
      // Of a run that failed because of a task, the task knows why.
      return [run, ...(run.tasks ?? [])].some(({ error }) => error?.code === 'BUDGET_EXCEEDED')
        ? exitCodes.budget
        : exitCodes.failed
  }
}

/** The exit code of a refusal by the server. */
export const exitCodeOfRefusal = (code: string): ExitCode =>
  code === 'UNAUTHENTICATED' || code === 'FORBIDDEN' ? exitCodes.authentication : exitCodes.error
