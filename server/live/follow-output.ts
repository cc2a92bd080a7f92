/** The live output of a task over all its claims. */
import type { TaskRow } from '../../db/rows.ts'
import type { TenantReads } from '../../db/tenancy.ts'
import type { TaskKey } from '../../db/tenant-tasks.ts'
import { isTaskEnded } from '../../domain/run/state.ts'
import type { OutputChunk } from '../../queues/live-output.ts'
import { type Pulled, pulled } from '../../queues/pulled.ts'
import type { Services } from '../context.ts'

/** Ways in which a claim ends without its worker saying that nothing follows. */
const brokenOff = (task: TaskRow): boolean => task.status === 'CANCELLED' || task.status === 'BLOCKED'

type Heard = OutputChunk | 'over' | 'changed' | 'left'

/** Output of the current claim, then of the next ones, until the task has ended. */
export function followOutput(
  { followers, liveOutput }: Pick<Services, 'followers' | 'liveOutput'>,
  reads: TenantReads,
  key: TaskKey,
): Pulled<OutputChunk> {
  const changes = followers.changes({ organisationId: reads.organisationId, runIds: [key.runId] })
  let output: AsyncIterableIterator<OutputChunk> | null = null
  let epoch = 0

  const hearChange = async (): Promise<Heard> => ((await changes.next()).done ? 'left' : 'changed')
  const hearOutput = async (from: AsyncIterableIterator<OutputChunk>): Promise<Heard> => {
    const result = await from.next()
    return result.done ? 'over' : result.value
  }
  let change = hearChange()
  let said: Promise<Heard> | null = null

  const leave = () => {
    void output?.return?.()
    output = null
    said = null
  }

  /** Looks at the task: true where it has ended and nothing is to come. */
  const look = async (): Promise<boolean> => {
    const [task] = await reads.tasks.byKeys([key])
    if (task === undefined) return true
    if (task.epoch > epoch) {
      leave()
      epoch = task.epoch
      output = liveOutput.follow({ runId: key.runId, taskIndex: key.index, epoch })
      said = hearOutput(output)
      return false
    }
    if (brokenOff(task)) leave()
    return output === null && isTaskEnded(task.status)
  }

  return pulled<OutputChunk>({
    async next() {
      if (epoch === 0 && (await look())) return undefined
      for (;;) {
        const heard = await (said === null ? change : Promise.race([said, change]))
        if (heard === 'left') return undefined
        if (typeof heard === 'object') {
          said = output === null ? null : hearOutput(output)
          return heard
        }
        // The output of this claim is over, or the run moved on: a worker that died says nothing more.
        if (heard === 'over') leave()
        else change = hearChange()
        if (await look()) return undefined
      }
    },
    close() {
      leave()
      void changes.return?.()
    },
  })
}
