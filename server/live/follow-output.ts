/** The live output of a task over all its claims. */

import type { TenantReads } from '../../db/tenancy.ts'
import type { TaskKey } from '../../db/tenant-tasks.ts'
import { isTaskEnded } from '../../domain/run/state.ts'
import type { OutputChunk } from '../../queues/live-output.ts'
import type { Services } from '../context.ts'

/** Output of the current claim, then of the next ones, until the task has ended. */
export async function* followOutput(
  { followers, liveOutput }: Pick<Services, 'followers' | 'liveOutput'>,
  reads: TenantReads,
  key: TaskKey,
): AsyncGenerator<OutputChunk> {
  const changes = followers.changes({ organisationId: reads.organisationId, runIds: [key.runId] })
  const current = async () => (await reads.tasks.byKeys([key]))[0]
  let changed = changes.next()
  try {
    for (let shown = 0; ; ) {
      const task = await current()
      if (task === undefined) return
      if (task.epoch === shown) {
        if (isTaskEnded(task.status)) return
        await changed
        changed = changes.next()
        continue
      }
      shown = task.epoch
      const output = liveOutput.follow({ runId: key.runId, taskIndex: key.index, epoch: shown })
      try {
        for (let next = output.next(); ; ) {
          // A worker that died ends nothing: only the run tells that its claim is over.
          const chunk = await Promise.race([next, changed.then(() => null)])
          if (chunk === null) {
            changed = changes.next()
            const now = await current()
            if (
              now === undefined ||
              now.epoch !== shown ||
              (isTaskEnded(now.status) && now.status !== 'SUCCEEDED' && now.status !== 'FAILED')
            )
              break
            continue
          }
          if (chunk.done) break
          yield chunk.value
          next = output.next()
        }
      } finally {
        await output.return?.()
      }
    }
  } finally {
    await changes.return?.()
  }
}
