/** A proposal becomes a run: when who asked for it says so, or an owner. */
import type { ProposalRow, RunRow } from '../../db/rows.ts'
import { OrreryError } from '../../domain/errors.ts'
import { toGlobalId, uuidOf } from '../../domain/ids.ts'
import type { Json } from '../../domain/json.ts'
import type { Actor } from '../../domain/run/events.ts'
import type { Context } from '../context.ts'
import { type RunToStart, startRun } from '../start-run.ts'
import { builder } from './builder.ts'
import { Proposal, proposalNow } from './proposal.ts'
import { answer, resultOf } from './results.ts'
import { Run } from './run.ts'

const ConfirmProposalInput = builder.inputType('ConfirmProposalInput', {
  fields: t => ({
    proposalId: t.id({ required: true }),
    variables: t.field({
      type: 'JSON',
      description: 'An object: answers to its questions, and what is to be otherwise; the rest stays as proposed.',
    }),
    title: t.string({ description: 'As proposed unless given.' }),
    budgetMicros: t.field({ type: 'BigInt', description: 'What the run may spend on models, in micro-dollars.' }),
  }),
})
const ConfirmProposalPayload = builder
  .objectRef<{ proposal: ProposalRow; run: RunRow }>('ConfirmProposalPayload')
  .implement({
    fields: t => ({ proposal: t.expose('proposal', { type: Proposal }), run: t.expose('run', { type: Run }) }),
  })

builder.mutationField('confirmProposal', t =>
  t.field({
    type: resultOf(ConfirmProposalPayload),
    description:
      'Starts the proposed run. Only who asked for it, or an owner, may. Confirmed again with the same input, it is the same run.',
    args: { input: t.arg({ type: ConfirmProposalInput, required: true }) },
    resolve: (_, { input }, context) => answer(() => confirm(input, context)),
  }),
)

type Confirmed = { proposalId: string } & {
  [Field in 'variables' | 'title' | 'budgetMicros']?: RunToStart[Field]
}

/** Throws FORBIDDEN: what one person asked for, another does not set going, unless it is an owner. */
export function requireAsker(asker: Actor | null, { principal }: Context): void {
  if (asker?.id === principal.publicId || principal.role === 'owner') return
  throw new OrreryError('FORBIDDEN', `only ${asker?.name ?? 'who asked for it'} or an owner may confirm this`)
}

async function confirm({ proposalId, variables, title, budgetMicros }: Confirmed, context: Context) {
  const id = uuidOf('Proposal', proposalId)
  const proposal = await context.load.proposal.load(id)
  if (proposal === null) throw new OrreryError('NOT_FOUND', `there is no proposal ${proposalId}`)
  requireAsker(proposal.by, context)
  const { proposed, projectId, simulated } = proposal
  if (proposed === null)
    throw new OrreryError('CONFLICT', 'nothing is proposed yet', {
      hint: 'See its state, and propose it again where it failed.',
    })
  const run = await startRun(
    {
      projectId: toGlobalId('Project', projectId),
      workflow: proposed.workflow,
      title: title ?? proposed.title,
      variables: { ...proposed.variables, ...objectOf(variables ?? {}) },
      simulated,
      budgetMicros,
      idempotencyKey: `proposal:${id}`,
    },
    context,
  )
  await context.reads.proposals.confirmed(id, run.id)
  context.services.bell.ringOf(`proposal:${id}`)
  return { proposal: await proposalNow(id, context), run }
}

function objectOf(given: Json): { readonly [name: string]: Json } {
  if (given !== null && typeof given === 'object' && !Array.isArray(given))
    return given as { readonly [name: string]: Json }
  throw new OrreryError('BAD_INPUT', 'variables: must be an object such as {"repo": "…"}')
}
