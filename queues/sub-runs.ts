/**
 * Tasks that are runs of their own. The parent names its child first and the child is started afterwards, so that a child
 * which exists is always one that somebody wanted; every step can be done twice, by any process, at any time.
 *
 *   READY ──StartChild──▶ WAITING, child named ──StartRun──▶ child runs ──▶ child ended ──FinishChild──▶ task ended
 *                              ├─ forked from where it stood, in a fork: it goes on
 *                              └─ cannot be started ──FinishChild: FAILED─────────────────────────────────▲
 */
import { createHash } from 'node:crypto'
import { type ChildTask, endedChildren, missingChildren, orphanedRuns, readyChildren } from '../db/children.ts'
import type { Sql } from '../db/connect.ts'
import type { Forks } from '../db/fork.ts'
import type { Handle, Handled } from '../db/store.ts'
import { type Failure, OrreryError, toFailure } from '../domain/errors.ts'
import type { Adjustments, ForkChanges } from '../domain/fork.ts'
import type { BlobStore } from '../domain/ports.ts'
import type { Preference } from '../domain/routing.ts'
import type { Actor } from '../domain/run/events.ts'
import type { Run, Task } from '../domain/run/state.ts'
import { resolveInput } from '../domain/run/values.ts'
import { parseVariables } from '../domain/validate.ts'
import type { Workflow } from '../domain/workflow.ts'
import type { Each } from './each-run.ts'
import { inflate } from './json-blobs.ts'

export type SubRunsDeps = {
  sql: Sql
  handle: Handle
  forks: Forks
  workflows: ReadonlyMap<string, Workflow>
  blobsFor(organisationId: string): BlobStore
  actor: Actor
  each: Each
}

/** In one look. */
const atOnce = 100

/** The id of the run that a task becomes under an epoch: the same whoever works it out. */
export function childRunId(runId: string, taskIndex: number, epoch: number): string {
  const hex = createHash('sha256').update(`${runId}/${taskIndex}/${epoch}`).digest('hex')
  // Version 8, “made by the application”, and the variant of RFC 9562.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const changesOf = ({ prompts, allowedModels, withoutTools }: Adjustments): ForkChanges => ({
  prompts,
  withoutTools,
  ...(allowedModels === null ? {} : { allowedModels }),
})

export function createSubRuns({ sql, handle, forks, workflows, blobsFor, actor, each }: SubRunsDeps) {
  const by = { actor }

  const start = async ({ runId, taskIndex, childRunId: child }: ChildTask): Promise<Handled | undefined> => {
    const parent = await handle.load(runId)
    const task = parent?.tasks[taskIndex]
    if (parent === null || task === undefined || child === null) return undefined
    try {
      if (task.childFrom !== null) return await goOn(parent, task, child)
      const workflow = workflows.get(task.uses)
      if (workflow === undefined)
        throw new OrreryError('NOT_FOUND', `there is no workflow ${task.uses}`, {
          hint: 'Correct its name in the step, then retry the task.',
        })
      const input = await inflate(blobsFor(parent.organisationId), resolveInput(parent, task))
      const { organisationId, projectId, priority, depth, simulated, manual, adjustments, preference } = parent
      return await handle.handle(
        child,
        {
          type: 'StartRun',
          organisationId,
          projectId,
          workflow,
          priority,
          title: task.title,
          variables: parseVariables(workflow, input),
          maxParallel: null,
          // Whichever is shorter: what the workflow gives itself, or what the step gives it.
          timeoutMs: Math.min(workflow.timeoutMs, task.timeoutMs),
          parent: { runId, taskIndex, depth },
          simulated,
          manual,
          ...(adjustments === null ? {} : { adjustments }),
          ...(preference === null ? {} : { preference: preference as Preference }),
        },
        { actor, correlationId: parent.correlationId },
      )
    } catch (error) {
      if (!(error instanceof OrreryError) || error.retryable) throw error
      return finish(runId, taskIndex, child, toFailure(error))
    }
  }

  /** The run that the task had become goes on as a fork of it; nothing of what it did is done again. */
  const goOn = async (parent: Run, { index: taskIndex, childFrom }: Task, forkRunId: string) => {
    const { adjustments, preference, forkedFrom, id: runId, depth, correlationId } = parent
    if (childFrom === null) return undefined
    const { runId: fromRunId, seq: atSeq, at } = childFrom
    const changes = {
      ...(adjustments === null ? {} : changesOf(adjustments)),
      ...(preference === null ? {} : { preference: preference as Preference }),
    }
    const reason = 'the run that it belongs to was forked'
    const wanted = { forkRunId, fromRunId, atSeq, at, changes, reason, agents: forkedFrom?.agents ?? [] }
    await forks.fork({ ...wanted, parent: { runId, taskIndex, depth } }, { actor, correlationId })
    return undefined
  }

  const finish = (runId: string, taskIndex: number, child: string, failure: Failure) =>
    handle.handle(runId, { type: 'FinishChild', taskIndex, childRunId: child, status: 'FAILED', failure }, by)

  return {
    /** Begins, starts and finishes what it finds. */
    async advance(): Promise<void> {
      await each(
        'naming sub-runs',
        except => readyChildren(sql, atOnce, except),
        ({ runId, taskIndex, epoch }) =>
          handle.handle(
            runId,
            { type: 'StartChild', taskIndex, epoch: epoch + 1, childRunId: childRunId(runId, taskIndex, epoch + 1) },
            by,
          ),
      )
      await each('starting sub-runs', except => missingChildren(sql, atOnce, except), start)
      await each(
        'finishing sub-runs',
        except => endedChildren(sql, atOnce, except),
        ({ runId, taskIndex, childRunId: child, status, error }) =>
          handle.handle(runId, { type: 'FinishChild', taskIndex, childRunId: child, status, failure: error }, by),
      )
    },

    /** Cancels runs whose task was cancelled or reset. */
    async cancelOrphans(): Promise<void> {
      const orphans = async (except: readonly string[]) =>
        (await orphanedRuns(sql, atOnce, except)).map(runId => ({ runId }))
      await each('cancelling orphaned runs', orphans, ({ runId }) =>
        handle.handle(runId, { type: 'CancelRun', reason: 'the task that it was for was cancelled or reset' }, by),
      )
    },
  }
}
