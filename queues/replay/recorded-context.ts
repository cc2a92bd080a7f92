/** A task's view of the world as it was: everything is answered from the record, and nothing outside is touched. */
import { createHash } from 'node:crypto'
import type { BlobStore, ModelAnswer, RecordedCall, TaskContext } from '../../domain/ports.ts'
import type { Run } from '../../domain/run/state.ts'
import { resolveInput } from '../../domain/run/values.ts'
import type { Claim } from '../claims.ts'
import { inflate } from '../json-blobs.ts'
import type { RecordedReply } from '../model-try.ts'
import { createSuspensions } from '../suspensions.ts'
import type { ClaimRecord } from './claim-record.ts'
import type { RecordedJournal } from './recorded-journal.ts'

/** What an agent could look at beside its journal, after any event of the run. */
export type World = { artifacts: Run['artifacts']; trunkAfter(seq: number): Run['trunk'] }

/**
 * Between two of its own events an agent may have looked around at any moment, and others may have made something
 * meanwhile: it saw what there was right after the first of the two, or right before the second.
 */
export type View = 'early' | 'late'

export type RecordedContextDeps = {
  record: ClaimRecord
  journal: RecordedJournal
  world: World
  blobs: BlobStore
  view: View
  signal: AbortSignal
}

export async function createRecordedContext(deps: RecordedContextDeps): Promise<TaskContext> {
  const { record, journal, world, blobs, view } = deps
  const { run, task } = record
  const { askAbout: _, ...people } = createSuspensions({
    run,
    task,
    claim: claimOf(deps),
    journal,
    say: async () => journal.leave('it said something outside its journal'),
    load: async () => run,
    workerClassOf: () => null,
  })
  const now = () => {
    const { after, before } = journal.between()
    return view === 'early' ? after : before === null ? Number.POSITIVE_INFINITY : before - 1
  }
  return {
    ...people,
    runId: run.id,
    taskIndex: task.index,
    attempt: task.attempt,
    epoch: task.epoch,
    variables: run.variables,
    adjustments: run.adjustments,
    item: task.item,
    input: await inflate(blobs, resolveInput(run, task)),
    simulated: run.simulated,
    revision: task.round === 0 ? null : { round: task.round, previous: task.previous, findings: task.findings },
    signal: deps.signal,
    blobs,
    journal: journal.record,
    model: async ask => answerOf(await journal.model(ask)),
    output: () => {},
    trunk: async () => world.trunkAfter(now()),
    async merge(_expected, _trunk, { commit }) {
      const { output } = await journal.record('merge', `Merge ${commit.slice(0, 10)}`, async () => ({ output: false }))
      return output === true
    },
    // A command of its own, which is decided anew where it was said.
    conflicted: async () => {},
    async artifacts() {
      const seen = world.artifacts.filter(({ seq }) => seq <= now())
      return seen.map(({ id: artifactId, kind, title, mediaType, hash, size, taskIndex }) => {
        return { artifactId, kind, title, mediaType, hash, size, taskIndex }
      })
    },
    sandbox: {
      driver: 'none',
      check: async () => ({ driver: 'none', available: false, checks: [], reason: 'a replay opens none', mend: '' }),
      open: async () => journal.leave('it opened a sandbox outside its journal'),
    },
  }
}

function answerOf({ output }: RecordedCall): ModelAnswer {
  const { body, stopReason, certainty: _, ...rest } = output as unknown as RecordedReply
  return { ...rest, reply: { content: body.content, model: body.model, stopReason } }
}

/** Neither renewed nor said: it only bears the numbers. */
const claimOf = ({ record: { run, task }, signal }: RecordedContextDeps): Claim => ({
  runId: run.id,
  taskIndex: task.index,
  epoch: task.epoch,
  signal,
  ended: null,
  end: () => {},
  check: () => {},
})

/** What is put is kept in memory, as long as the replay of one claim takes. */
export function createReadOnlyBlobs(stored: BlobStore): BlobStore {
  const added = new Map<string, Uint8Array>()
  return {
    async put(bytes) {
      const hash = createHash('sha256').update(bytes).digest('hex')
      added.set(hash, bytes)
      return { hash, size: bytes.length }
    },
    get: async hash => added.get(hash) ?? stored.get(hash),
  }
}
