/** Does a run again from its log, without any outside call, and tells where it would go another way. */
import { createBlobStore } from '../../db/blobs.ts'
import type { RunRow } from '../../db/rows.ts'
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf } from '../../domain/ids.ts'
import { type Divergence, divergenceKinds } from '../../queues/replay/divergence.ts'
import { type Replay, replayRun, type Unchecked } from '../../queues/replay/replay-run.ts'
import { builder } from './builder.ts'
import { answer, resultOf } from './results.ts'
import { Run } from './run.ts'
import { Task } from './task.ts'

type Of<Part> = Part & { runId: string }

const DivergenceKind = builder.enumType('DivergenceKind', {
  description:
    'DECISION: the same command decides something else · PROMPT: a model would be told something else · CALL: an agent makes another call, or none · RESULT: the same calls come to another result.',
  values: Object.fromEntries(divergenceKinds.map(kind => [kind.toUpperCase(), { value: kind }])) as {
    [K in Uppercase<(typeof divergenceKinds)[number]>]: { value: Lowercase<K> }
  },
})

const DivergenceRef = builder.objectRef<Of<Divergence>>('Divergence').implement({
  description: 'The first place where a replay does not come to what was recorded.',
  fields: t => ({
    seq: t.exposeInt('seq', { description: 'The event that does not come about again.' }),
    kind: t.expose('kind', { type: DivergenceKind }),
    difference: t.exposeString('difference', { description: 'What differs, as one sentence.' }),
    expected: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What is recorded; of something large its beginning and its hash.',
      resolve: ({ expected }) => expected,
    }),
    got: t.field({ type: 'JSON', nullable: true, description: 'What came instead.', resolve: ({ got }) => got }),
    task: t.field({
      type: Task,
      nullable: true,
      description: 'The task that it is about; null where it is about none.',
      resolve: ({ runId, taskIndex: index }, _, { load }) => (index === null ? null : load.task.load({ runId, index })),
    }),
  }),
})

const UncheckedRef = builder.objectRef<Of<Unchecked>>('UncheckedClaim').implement({
  description: 'A claim on a task that could not be compared to its end.',
  fields: t => ({
    epoch: t.exposeInt('epoch'),
    reason: t.exposeString('reason'),
    task: t.field({
      type: Task,
      nullable: true,
      resolve: ({ runId, taskIndex: index }, _, { load }) => load.task.load({ runId, index }),
    }),
  }),
})

type Replayed = { run: RunRow; replay: Replay }

const ReplayRunPayload = builder.objectRef<Replayed>('ReplayRunPayload').implement({
  fields: t => ({
    run: t.expose('run', { type: Run }),
    identical: t.boolean({
      description: 'Whether all that could be compared came about again.',
      resolve: ({ replay }) => replay.divergence === null,
    }),
    divergence: t.field({
      type: DivergenceRef,
      nullable: true,
      description: 'The first one; null where the run is identical.',
      resolve: ({ run, replay: { divergence } }) => divergence && { ...divergence, runId: run.id },
    }),
    events: t.int({
      description: 'Events that were read, as all numbers here up to the divergence.',
      resolve: ({ replay }) => replay.events,
    }),
    commands: t.int({ description: 'Commands that were decided again.', resolve: ({ replay }) => replay.commands }),
    claims: t.int({ description: 'Claims that agents worked on again.', resolve: ({ replay }) => replay.claims }),
    calls: t.int({ description: 'Calls that were answered from the record.', resolve: ({ replay }) => replay.calls }),
    prompts: t.int({ description: 'Prompts that are as they were.', resolve: ({ replay }) => replay.prompts }),
    unchecked: t.field({
      type: [UncheckedRef],
      description: 'What could not be compared, and why; at most 100.',
      resolve: ({ run, replay: { unchecked } }) => unchecked.map(one => ({ ...one, runId: run.id })),
    }),
  }),
})

const ReplayRunInput = builder.inputType('ReplayRunInput', {
  fields: t => ({ runId: t.id({ required: true }) }),
})

builder.mutationField('replayRun', t =>
  t.field({
    type: resultOf(ReplayRunPayload),
    description:
      'Decides every command of a run again, and lets its agents work again on the recorded results. Calls nobody and changes nothing.',
    args: { input: t.arg({ type: ReplayRunInput, required: true }) },
    resolve: (_, { input }, { load, services: { sql, agents } }) =>
      answer(async () => {
        const runId = uuidOf('Run', input.runId)
        const run = await load.run.load(runId)
        if (run === null) throw new OrreryError('NOT_FOUND', `there is no run ${input.runId}`)
        const blobsFor = (organisationId: string) => createBlobStore(sql, organisationId)
        return { run, replay: await replayRun({ sql, agents, blobsFor }, runId) }
      }),
  }),
)
