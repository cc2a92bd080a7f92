/** Forks: a run that begins with the events of another one. */
import type { RunRow } from '../../db/rows.ts'
import type { EventData } from '../../domain/run/events.ts'
import { forkRun } from '../fork-run.ts'
import { builder } from './builder.ts'
import { answer, resultOf } from './results.ts'
import { Run } from './run.ts'
import { RunConnection, RunFilterInput, runsOf } from './run-lists.ts'
import { PreferenceInput } from './start-run.ts'

const PromptChangeInput = builder.inputType('PromptChangeInput', {
  fields: t => ({
    role: t.string({ required: true, description: 'Name of an agent that needs a model, such as `reviewer`.' }),
    text: t.string({ required: true, description: 'At most 8,000 characters.' }),
    replaces: t.boolean({ description: 'In place of the words of the role. After them unless given.' }),
  }),
})

const ForkChangesInput = builder.inputType('ForkChangesInput', {
  description: 'What the fork does differently; what is not given stays as it was.',
  fields: t => ({
    title: t.string({ description: 'At most 200 characters.' }),
    objective: t.string({ description: 'The same as the variable `objective`.' }),
    variables: t.field({ type: 'JSON', description: 'An object, laid over the variables of the run name by name.' }),
    prompts: t.field({ type: [PromptChangeInput] }),
    preference: t.field({ type: PreferenceInput, description: 'What matters in the choice of models.' }),
    allowedModels: t.stringList({ description: 'Ids of models; no other is asked.' }),
    budgetMicros: t.field({
      type: 'BigInt',
      description:
        'What the fork may spend on models, in micro-dollars; as much as the run that it comes from unless given.',
    }),
    withoutTools: t.stringList({ description: 'Tools that no role has any more.' }),
  }),
})

const ForkRunInput = builder.inputType('ForkRunInput', {
  fields: t => ({
    runId: t.id({ required: true }),
    atSeq: t.int({
      required: true,
      description:
        'The last event that the fork has from the run, from 1. In the middle of a plan: the last one of the plan.',
    }),
    changes: t.field({ type: ForkChangesInput }),
    reason: t.string({ description: 'Kept with the event; at most 1,000 characters.' }),
    idempotencyKey: t.string({
      description: 'The same key with the same input begins one fork, however often it is sent.',
    }),
  }),
})

const ForkRunPayload = builder
  .objectRef<{ run: RunRow }>('ForkRunPayload')
  .implement({ fields: t => ({ run: t.expose('run', { type: Run }) }) })

builder.mutationField('forkRun', t =>
  t.field({
    type: resultOf(ForkRunPayload),
    description:
      'Begins a run with the events of another one, up to any of them. What was done stays done and is not done again; what had begun goes on; whoever agreed to something is asked again.',
    args: { input: t.arg({ type: ForkRunInput, required: true }) },
    resolve: (_, { input }, context) => answer(async () => ({ run: await forkRun(input, context) })),
  }),
)

type Origin = { runId: string; seq: number; event: EventData<'RunForked'>; at: number }

const RunOrigin = builder.objectRef<Origin>('RunOrigin').implement({
  description: 'Where a fork comes from.',
  fields: t => ({
    run: t.field({
      type: Run,
      nullable: true,
      description: 'Null where it was deleted: the fork has all that it needs.',
      resolve: ({ runId }, _, { load }) => load.run.load(runId),
    }),
    seq: t.exposeInt('seq', {
      description: 'The last event that the fork has from there; the next one is its RunForked.',
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was forked.' }),
    changes: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What it does differently: an object without what is as it was.',
      resolve: ({ event }) => event.changes,
    }),
    reason: t.string({ resolve: ({ event }) => event.reason }),
  }),
})

builder.objectField(Run, 'forkedFrom', t =>
  t.field({
    type: RunOrigin,
    nullable: true,
    description: 'The run that it is a fork of, and the event after which it begins; null for a run that is none.',
    resolve: async ({ id, forkedFromRunId: runId, forkedAtSeq: seq }, _, { load }) => {
      if (runId === null || seq === null) return null
      const event = await load.eventAt.load({ runId: id, seq: seq + 1 })
      if (event?.type !== 'RunForked') throw new Error(`run ${id} was not forked at ${seq}`)
      return { runId, seq, event: event.data, at: event.at }
    },
  }),
)

builder.objectField(Run, 'forks', t =>
  t.connection(
    {
      type: Run,
      description: 'Runs that begin with its events, newest first.',
      args: { filter: t.arg({ type: RunFilterInput }) },
      resolve: (run, args, context) => runsOf('forkedFromRunId', run.id, args, context),
    },
    RunConnection,
  ),
)
