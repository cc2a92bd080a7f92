/** Why a model was chosen: what each `ModelRouted` event says, over all runs. */
import { pageRequest } from '../../db/page.ts'
import { decisionCursor, decisionKey, type ModelDecision } from '../../db/tenant-models.ts'
import { toGlobalId } from '../../domain/ids.ts'
import type { Json } from '../../domain/json.ts'
import { inflate } from '../../queues/json-blobs.ts'
import { builder } from './builder.ts'
import { toConnection } from './connection.ts'
import { Run } from './run.ts'
import { Task } from './task.ts'

type Weighed = {
  model: string
  quality: number
  costMicros: number | null
  latencySeconds: number
  score: number
  propensity: number
  excluded: string | null
}

const Candidate = builder.objectRef<Weighed>('ModelCandidate').implement({
  description: 'A model that could have been chosen, or why it could not.',
  fields: t => ({
    model: t.exposeString('model'),
    quality: t.exposeFloat('quality', { description: 'How well it does what the work is made of, 0 … 1.' }),
    cost: t.field({
      type: 'BigInt',
      nullable: true,
      description: 'At most, in micro-dollars.',
      resolve: one => one.costMicros,
    }),
    latencySeconds: t.exposeFloat('latencySeconds'),
    score: t.exposeFloat('score', {
      description: 'By the weights of quality, cost and latency; 0 where it was excluded.',
    }),
    propensity: t.exposeFloat('propensity', { description: 'The probability with which it would be drawn.' }),
    excluded: t.exposeString('excluded', { nullable: true, description: 'Why it could not be chosen.' }),
  }),
})

const Decision = builder.objectRef<ModelDecision>('ModelDecision').implement({
  description: 'The choice of a model for one call, as its event has it.',
  fields: t => ({
    runId: t.id({ resolve: one => toGlobalId('Run', one.runId) }),
    seq: t.exposeInt('seq', { description: 'The event, in that run.' }),
    at: t.expose('at', { type: 'DateTime' }),
    model: t.exposeString('model', { description: 'The one that was drawn.' }),
    propensity: t.exposeFloat('propensity'),
    reason: t.exposeString('reason'),
    run: t.field({ type: Run, nullable: true, resolve: ({ runId }, _, { load }) => load.run.load(runId) }),
    task: t.field({
      type: Task,
      nullable: true,
      resolve: ({ runId, taskIndex }, _, { load }) => load.task.load({ runId, index: taskIndex }),
    }),
    candidates: t.field({
      type: [Candidate],
      description: 'The likeliest first, then those that were excluded.',
      resolve: async ({ candidates }, _, { reads }) => {
        const all = (await inflate(reads.blobs, candidates)) as unknown as Json
        return Array.isArray(all) ? (all as unknown as Weighed[]).toSorted((a, b) => b.propensity - a.propensity) : []
      },
    }),
  }),
})

const DecisionConnection = builder.connectionObject({ type: Decision, name: 'ModelDecisionConnection' })

builder.queryField('modelDecisions', t =>
  t.connection(
    {
      type: Decision,
      description: 'Of all runs, newest first.',
      args: { model: t.arg.string({ description: 'Only those that led to this model, as provider/name.' }) },
      resolve: async (_, { model = null, ...args }, { reads }) => {
        const page = await reads.models.decisions({ ...pageRequest(args, decisionKey), model })
        return toConnection(page, decisionCursor, () => reads.models.countDecisions(model))
      },
    },
    DecisionConnection,
  ),
)
