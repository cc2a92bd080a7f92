/** How an agent's work becomes a result: what it throws is a failure with a code, never a crash of the worker. */
import { OrreryError, toFailure } from '../../domain/errors.ts'
import { Suspended, type TaskContext, type TaskResult } from '../../domain/ports.ts'

/**
 * Runs the work. Where the surroundings are at fault the task is blocked, and the failure's hint says how to mend them. A
 * task that waits for somebody has not failed: Suspended goes through.
 */
export async function attempt(context: TaskContext, work: () => Promise<TaskResult>): Promise<TaskResult> {
  try {
    context.signal.throwIfAborted()
    return await work()
  } catch (error) {
    if (error instanceof Suspended) throw error
    if (context.signal.aborted) {
      const cancelled = new OrreryError('CANCELLED', 'the task was cancelled', { cause: error })
      return { ok: false, failure: toFailure(cancelled), blocked: false }
    }
    const failure = toFailure(error)
    return { ok: false, failure, blocked: failure.code === 'SANDBOX_UNAVAILABLE' }
  }
}
