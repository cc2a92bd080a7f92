import type { RunRow } from '../../db/rows.ts'
import { startRun } from '../start-run.ts'
import { builder } from './builder.ts'
import { answer, resultOf } from './results.ts'
import { Run } from './run.ts'

export const PreferenceInput = builder.inputType('PreferenceInput', {
  description: 'Weights from 0 to 1, of which only the proportion counts.',
  fields: t => ({
    quality: t.float({ required: true }),
    cost: t.float({ required: true }),
    latency: t.float({ required: true }),
  }),
})

const StartRunInput = builder.inputType('StartRunInput', {
  fields: t => ({
    projectId: t.id({ required: true }),
    workflow: t.string({ required: true, description: 'Name of the template.' }),
    title: t.string({ description: 'At most 200 characters; the title of the workflow unless given.' }),
    variables: t.field({ type: 'JSON', description: 'An object, checked against the variables of the workflow.' }),
    priority: t.int({ description: '-100 … 100; higher comes first; 0 unless given.' }),
    maxParallel: t.int({
      description: 'Tasks that may be at work at once, 1 … 1,000; as the workflow says unless given.',
    }),
    timeoutMs: t.int({
      description: 'When the run as a whole times out, 1,000 … 604,800,000; as the workflow says unless given.',
    }),
    simulated: t.boolean({
      description:
        'Simulated models stand in for real ones; everything that they make is labelled. As its project says unless given.',
    }),
    manual: t.boolean({ description: 'Every task waits for a person’s “go”. No unless given.' }),
    budgetMicros: t.field({
      type: 'BigInt',
      description: 'What the run may spend on models, in micro-dollars; what its project may unless given.',
    }),
    preference: t.field({
      type: PreferenceInput,
      description: 'What matters in the choice of models; as the installation is set unless given.',
    }),
    idempotencyKey: t.string({
      description: 'The same key with the same input starts one run, however often it is sent.',
    }),
  }),
})

const StartRunPayload = builder
  .objectRef<{ run: RunRow }>('StartRunPayload')
  .implement({ fields: t => ({ run: t.expose('run', { type: Run }) }) })

builder.mutationField('startRun', t =>
  t.field({
    type: resultOf(StartRunPayload),
    description: 'Begins a run of a workflow. It is done by whichever workers there are.',
    args: { input: t.arg({ type: StartRunInput, required: true }) },
    resolve: (_, { input }, context) => answer(async () => ({ run: await startRun(input, context) })),
  }),
)
