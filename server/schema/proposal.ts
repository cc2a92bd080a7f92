/** Sentences that become runs: proposed first, started only when a person confirms. */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ProposalRow } from '../../db/rows.ts'
import { type CostEstimate, estimateBases, messageStates, type ProposedRun } from '../../domain/conversation.ts'
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf, uuidv7 } from '../../domain/ids.ts'
import type { Json } from '../../domain/json.ts'
import { cleanText } from '../../domain/run/clean.ts'
import { actorOf, type Context } from '../context.ts'
import { builder } from './builder.ts'
import { FailureRef } from './failure.ts'
import { Project } from './project.ts'
import { answer, resultOf } from './results.ts'
import { Run } from './run.ts'

export const ThinkingEnum = builder.enumType('Thinking', {
  description: 'THINKING: ask again, or watch it · DONE · FAILED: see the error.',
  values: Object.fromEntries(messageStates.map(state => [state.toUpperCase(), { value: state }])) as {
    [State in (typeof messageStates)[number] as Uppercase<State>]: { value: State }
  },
})
const EstimateBasisEnum = builder.enumType('EstimateBasis', {
  description:
    'PAST_RUNS: the cheapest and the dearest tenth of runs like it · WORST_CASE: what its agents may use at most · NO_MODEL: none of its steps calls a model · UNKNOWN: no price is known.',
  values: Object.fromEntries(
    estimateBases.map(basis => [basis.toUpperCase().replace('-', '_'), { value: basis }]),
  ) as Record<'PAST_RUNS' | 'WORST_CASE' | 'NO_MODEL' | 'UNKNOWN', { value: (typeof estimateBases)[number] }>,
})

export const Estimate = builder.objectRef<CostEstimate>('CostEstimate').implement({
  description: 'What a run may cost, in micro-dollars.',
  fields: t => ({
    low: t.expose('lowMicros', { type: 'BigInt', nullable: true }),
    high: t.expose('highMicros', { type: 'BigInt', nullable: true }),
    basis: t.expose('basis', { type: EstimateBasisEnum }),
    runs: t.exposeInt('runs', { description: 'Runs that it was made from.' }),
  }),
})

const Question = builder.objectRef<ProposedRun['questions'][number]>('ProposalQuestion').implement({
  description: 'What a person has to say before the run can be started.',
  fields: t => ({ variable: t.exposeString('variable'), question: t.exposeString('question') }),
})

export const Proposal = builder.objectRef<ProposalRow>('Proposal')

builder.node(Proposal, {
  description: 'A sentence, and the run that it was understood as. Nothing is started by it.',
  id: { resolve: proposal => proposal.id },
  loadMany: (ids, { load }) => ids.map(id => load.proposal.load(id)),
  isTypeOf: () => true,
  fields: t => ({
    text: t.exposeString('text'),
    state: t.field({ type: ThinkingEnum, resolve: (proposal, _, { services }) => stateOf(proposal, services.now()) }),
    workflow: t.string({ nullable: true, resolve: ({ proposed }) => proposed?.workflow ?? null }),
    title: t.string({ nullable: true, resolve: ({ proposed }) => proposed?.title ?? null }),
    variables: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Checked against the workflow; what is missing is left out.',
      resolve: ({ proposed }) => (proposed?.variables as Json | undefined) ?? null,
    }),
    questions: t.field({ type: [Question], resolve: ({ proposed }) => proposed?.questions ?? [] }),
    estimate: t.field({ type: Estimate, nullable: true, resolve: ({ proposed }) => proposed?.estimate ?? null }),
    reason: t.string({ nullable: true, resolve: ({ proposed }) => proposed?.reason ?? null }),
    confidence: t.float({
      nullable: true,
      description: 'From 0 to 1.',
      resolve: ({ proposed }) => proposed?.confidence ?? null,
    }),
    model: t.string({
      nullable: true,
      description: 'The model that made it; null: it was guessed by rules.',
      resolve: ({ proposed }) => proposed?.model ?? null,
    }),
    simulated: t.exposeBoolean('simulated', {
      description: 'Made by simulated models, and for a run of simulated ones.',
    }),
    error: t.field({ type: FailureRef, nullable: true, resolve: proposal => proposal.error }),
    project: t.field({
      type: Project,
      nullable: true,
      resolve: ({ projectId }, _, { load }) => load.project.load(projectId),
    }),
    run: t.field({
      type: Run,
      nullable: true,
      description: 'What it was confirmed as; null while it was not.',
      resolve: ({ runId }, _, { load }) => (runId === null ? null : load.run.load(runId)),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
})

/** Thoughts of a process that is gone are over, too. */
const forgottenMs = 300_000
export const stateOf = ({ state, createdAt }: Pick<ProposalRow, 'state' | 'createdAt'>, now: number) =>
  state === 'thinking' && now - createdAt.getTime() > forgottenMs ? 'failed' : state

builder.queryField('proposal', t =>
  t.field({
    type: Proposal,
    nullable: true,
    description: 'Null where there is no such proposal.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { load }) => load.proposal.load(uuidOf('Proposal', id)),
  }),
)

const ProposeRunInput = builder.inputType('ProposeRunInput', {
  fields: t => ({
    projectId: t.id({ required: true }),
    text: t.string({ required: true, description: 'What is wanted, 1 … 32,000 characters.' }),
    simulated: t.boolean({
      description: 'With simulated models, for a run of simulated ones. As its project says unless given.',
    }),
    idempotencyKey: t.string({
      description: 'The same key with the same input makes one proposal, however often it is sent.',
    }),
  }),
})
const ProposeRunPayload = builder
  .objectRef<{ proposal: ProposalRow }>('ProposeRunPayload')
  .implement({ fields: t => ({ proposal: t.expose('proposal', { type: Proposal }) }) })

builder.mutationField('proposeRun', t =>
  t.field({
    type: resultOf(ProposeRunPayload),
    description:
      'Understands a sentence as a run of a workflow, and starts nothing. Without any model it guesses by keywords, and says so. A model that takes its time leaves the proposal THINKING: ask for it again by its id.',
    args: { input: t.arg({ type: ProposeRunInput, required: true }) },
    resolve: (_, { input }, context) => answer(async () => ({ proposal: await proposeRun(input, context) })),
  }),
)

/** A request ends after ten seconds by itself. */
const patienceMs = 6_000

type ToPropose = { projectId: string; text: string } & {
  simulated?: boolean | null | undefined
  idempotencyKey?: string | null | undefined
}

async function proposeRun(given: ToPropose, context: Context): Promise<ProposalRow> {
  const { services, reads, load } = context
  const text = textOf(given.text)
  const project = await load.project.load(uuidOf('Project', given.projectId))
  if (project === null) throw new OrreryError('NOT_FOUND', `there is no project ${given.projectId}`)
  const asked = { projectId: project.id, text, simulated: given.simulated ?? project.simulated }
  const newId = uuidv7(services.now(), randomBytes(10))
  const { organisationId } = reads
  const id = given.idempotencyKey
    ? await services.idempotency.claim({
        organisationId,
        operation: 'proposeRun',
        key: given.idempotencyKey,
        input: asked,
        newId,
      })
    : newId
  // Asked for again, it is thought about already, or has been.
  if (await reads.proposals.create({ id, ...asked, by: actorOf(context) }))
    await Promise.race([services.assistant.propose(await proposalNow(id, context), project), sleep(patienceMs)])
  return proposalNow(id, context)
}

/** Throws BAD_INPUT. */
export function textOf(given: string): string {
  const text = cleanText(given).trim()
  if (text.length < 1 || text.length > 32_000)
    throw new OrreryError('BAD_INPUT', 'text: must be 1 … 32,000 characters long')
  return text
}

/** A proposal as it is now, whatever was loaded before. */
export async function proposalNow(id: string, { load }: Context): Promise<ProposalRow> {
  const proposal = await load.proposal.clear(id).load(id)
  if (proposal === null) throw new Error(`proposal ${id} is gone`)
  return proposal
}
