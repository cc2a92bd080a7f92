/** That a proposal was understood, failed, or was confirmed. */
import type { ProposalRow } from '../../db/rows.ts'
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf } from '../../domain/ids.ts'
import { builder } from './builder.ts'
import { Proposal, stateOf } from './proposal.ts'

builder.subscriptionField('proposalChanged', t =>
  t.field({
    type: Proposal,
    description: 'A proposal as it is, and again when that has changed; ends when it is a run or has failed.',
    args: { proposalId: t.arg.id({ required: true }) },
    subscribe: async (_, { proposalId }, { reads, services }) => {
      const id = uuidOf('Proposal', proposalId)
      let told = ''
      return services.followers.watch<ProposalRow>({
        topic: `proposal:${id}`,
        async look() {
          const [proposal] = await reads.proposals.byIds([id])
          if (proposal === undefined) throw new OrreryError('NOT_FOUND', `there is no proposal ${proposalId}`)
          const state = stateOf(proposal, services.now())
          const seen = `${state}/${proposal.runId}`
          if (seen === told) return { next: 'wait' }
          told = seen
          const isOver = state === 'failed' || proposal.runId !== null
          return { value: proposal, next: isOver ? 'end' : 'wait' }
        },
      })
    },
    resolve: proposal => proposal,
  }),
)
