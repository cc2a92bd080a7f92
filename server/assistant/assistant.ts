/**
 * The assistant of projects: understands sentences as runs, and answers questions. It thinks beside the request that asked,
 * because a model may take longer than a request may; what came of it is written down where whoever waits finds it.
 */
import type { Sql } from '../../db/connect.ts'
import { createLedger } from '../../db/ledger.ts'
import type { ConversationRow, ProjectRow, ProposalRow } from '../../db/rows.ts'
import { forTenant, type TenantReads } from '../../db/tenancy.ts'
import { choose } from '../../domain/choose.ts'
import { OrreryError, toFailure } from '../../domain/errors.ts'
import type { Agent, ModelAnswer, ModelAsk } from '../../domain/ports.ts'
import { balanced } from '../../domain/routing.ts'
import type { Workflow } from '../../domain/workflow.ts'
import type { Bell } from '../../queues/bell.ts'
import { callModel } from '../../queues/direct-calls.ts'
import type { ModelGateway } from '../../queues/model-gateway.ts'
import type { Report } from '../../queues/redis.ts'
import { converse } from './converse.ts'
import { propose } from './propose.ts'
import { withoutModel } from './without-model.ts'

export interface Assistant {
  /** Writes down what the sentence was understood as. Resolves then; never throws. */
  propose(proposal: ProposalRow, project: ProjectRow): Promise<void>
  /** Writes the answer to the newest message of a conversation down as `replyId`. Resolves then; never throws. */
  answer(conversation: ConversationRow, project: ProjectRow, replyId: string): Promise<void>
  /** Ends what is being thought about; it is written down as failed. */
  close(): Promise<void>
}

export type AssistantDeps = {
  sql: Sql
  /** Rung when a thought is written down, and when it was paid. */
  bell: Pick<Bell, 'ringOf'>
  gateway: ModelGateway
  agents: ReadonlyMap<string, Agent>
  workflows: ReadonlyMap<string, Workflow>
  report?: Report
}

/** The longest that one thought may take. */
const thinkingMs = 180_000
/** Messages that are told to a model. */
const remembered = 30

export function createAssistant(deps: AssistantDeps): Assistant {
  const { sql, bell, gateway, agents, workflows, report = () => {} } = deps
  const ledger = createLedger({ sql, onSettled: id => bell.ringOf(`spending:${id}`) })
  const models = { gateway, ledger, choose, preference: balanced }
  const stopping = new AbortController()
  const thinking = new Set<Promise<void>>()

  /** `work` writes its result down, `failed` what kept it from one. */
  function think(
    work: (signal: AbortSignal) => Promise<void>,
    failed: (error: unknown) => Promise<void>,
  ): Promise<void> {
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(thinkingMs)])
    const thought = work(signal)
      .catch(error => failed(signal.aborted ? interrupted(stopping.signal.aborted) : error))
      .catch(error => report('assistant', error))
      .finally(() => thinking.delete(thought))
    thinking.add(thought)
    return thought
  }

  const asking =
    (of: Omit<Parameters<typeof callModel>[1], 'ask' | 'key'>, key: string) =>
    (ask: ModelAsk, turn = 0): Promise<ModelAnswer> =>
      callModel(models, { ...of, ask, key: `${key}/0/0/${turn}` })

  async function answer(conversation: ConversationRow, project: ProjectRow, replyId: string, signal: AbortSignal) {
    const { organisationId, projectId, simulated } = conversation
    const reads = forTenant(sql, organisationId)
    const seen = { reads, projectId, workflows, project, conversation }
    const isUsable = gateway.list().some(one => one.simulated === simulated && one.usable)
    const history = await historyOf(reads, conversation.id)
    const ask = asking({ organisationId, projectId, simulated, signal }, `message/${replyId}`)
    const reply = isUsable ? await converse({ ...seen, history, ask }) : await withoutModel(seen, gateway.missing())
    await reads.conversations.reply(replyId, reply)
  }

  return {
    async propose(proposal, project) {
      const { id, organisationId, projectId, simulated } = proposal
      const reads = forTenant(sql, organisationId)
      await think(
        async signal => {
          const ask = asking({ organisationId, projectId, simulated, signal }, `proposal/${id}`)
          const proposed = await propose(proposal, project, { gateway, agents, workflows, reads, ask })
          await reads.proposals.settle(id, { proposed })
        },
        error => reads.proposals.settle(id, { error: toFailure(error) }),
      )
      bell.ringOf(`proposal:${id}`)
    },

    async answer(conversation, project, replyId) {
      const reads = forTenant(sql, conversation.organisationId)
      await think(
        signal => answer(conversation, project, replyId, signal),
        async error => {
          const failed = { text: '', links: [], commands: [], model: null, costMicros: 0 }
          await reads.conversations.reply(replyId, { ...failed, state: 'failed', error: toFailure(error) })
        },
      )
      bell.ringOf(`conversation:${conversation.id}`)
    },

    async close() {
      stopping.abort()
      await Promise.all(thinking)
    },
  }
}

const interrupted = (stopped: boolean): OrreryError =>
  stopped
    ? new OrreryError('UNAVAILABLE', 'the server was stopped meanwhile', { retryable: true, hint: 'Ask again.' })
    : new OrreryError('TIMEOUT', `no answer came in ${thinkingMs / 1_000} s`, { retryable: true, hint: 'Ask again.' })

async function historyOf(reads: TenantReads, conversationId: string) {
  const newest = { size: remembered, fromEnd: true, after: null, before: null }
  return (await reads.conversations.messages(conversationId, newest)).rows
}
