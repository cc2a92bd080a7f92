/** That a proposal was understood, failed, or was confirmed. */
import type { ProposalRow } from '../../db/rows.ts'
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf } from '../../domain/ids.ts'
import { createSignal, pulled } from '../../queues/pulled.ts'
import { builder } from './builder.ts'
import { Proposal, stateOf } from './proposal.ts'

/** Other processes do not ring: looking by itself finds what they wrote. */
const lookMs = 1_000

builder.subscriptionField('proposalChanged', t =>
  t.field({
    type: Proposal,
    description: 'A proposal as it is, and again when that has changed; ends when it is a run or has failed.',
    args: { proposalId: t.arg.id({ required: true }) },
    subscribe: async (_, { proposalId }, { reads, services }) => {
      const id = uuidOf('Proposal', proposalId)
      const bell = createSignal()
      const stop = services.assistant.listen(id, bell.raise)
      let told: string | null = null
      let over = false
      return pulled<ProposalRow>({
        async next() {
          while (!over) {
            const [proposal] = await reads.proposals.byIds([id])
            if (proposal === undefined) throw new OrreryError('NOT_FOUND', `there is no proposal ${proposalId}`)
            const state = stateOf(proposal, services.now())
            const seen = `${state}/${proposal.runId}`
            if (seen !== told) {
              told = seen
              over = state === 'failed' || proposal.runId !== null
              return proposal
            }
            await bell.wait(lookMs)
          }
          return undefined
        },
        close() {
          over = true
          stop()
          bell.raise()
        },
      })
    },
    resolve: proposal => proposal,
  }),
)
