/** What model calls came to in a span of time, and the calls that it is the sum of. */
import { pageRequest } from '../../db/page.ts'
import type { LedgerCallRow } from '../../db/rows.ts'
import type { SpendingSpan, SpendingTotal } from '../../db/tenant-spending.ts'
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf } from '../../domain/ids.ts'
import type { Context } from '../context.ts'
import { builder } from './builder.ts'
import { toConnection } from './connection.ts'
import { Run } from './run.ts'
import { Task } from './task.ts'

const LedgerCall = builder.objectRef<LedgerCallRow>('LedgerCall').implement({
  description: 'A row of the ledger: one model call that was paid.',
  fields: t => ({
    key: t.exposeString('key', {
      description: 'What the call is known by: `<run>/<task>/<epoch>/…`, `message/…` or `proposal/…`.',
    }),
    model: t.exposeString('model'),
    provider: t.exposeString('provider'),
    charged: t.field({ type: 'BigInt', description: 'Micro-dollars.', resolve: call => call.chargedMicros ?? 0 }),
    isCertain: t.boolean({
      description: 'false: the reply was lost, and the reservation stands in for its price until that is known.',
      resolve: ({ state }) => state === 'known',
    }),
    run: t.field({
      type: Run,
      nullable: true,
      description: 'That made it; null: it belongs to a conversation or a proposal.',
      resolve: ({ runId }, _, { load }) => (runId === null ? null : load.run.load(runId)),
    }),
    task: t.field({
      type: Task,
      nullable: true,
      resolve: ({ runId, taskIndex }, _, { load }) =>
        runId === null || taskIndex === null ? null : load.task.load({ runId, index: taskIndex }),
    }),
    settledAt: t.field({ type: 'DateTime', nullable: true, resolve: call => call.settledAt }),
  }),
})
const LedgerCallConnection = builder.connectionObject({ type: LedgerCall, name: 'LedgerCallConnection' })

type Spent = { span: SpendingSpan; total: SpendingTotal }
const callKey = (cursor: string): string | null => (/^[\w/.:-]{1,300}$/.test(cursor) ? cursor : null)

const SpentInSpan = builder.objectRef<Spent>('SpentInSpan').implement({
  description: 'What was paid for model calls in a span of time.',
  fields: t => ({
    spent: t.field({ type: 'BigInt', description: 'Micro-dollars.', resolve: ({ total }) => total.spentMicros }),
    count: t.int({ description: 'Of calls.', resolve: ({ total }) => total.calls }),
    calls: t.connection(
      {
        type: LedgerCall,
        description: 'The rows that it is the sum of, newest first.',
        resolve: async ({ span, total }, args, { reads }) =>
          toConnection(
            await reads.spending.page(span, pageRequest(args, callKey)),
            ({ key }) => key,
            () => total.calls,
          ),
      },
      LedgerCallConnection,
    ),
  }),
})

type Arguments = { from: Date; to?: Date | null | undefined; projectId?: string | null | undefined }

/** Throws BAD_INPUT, and NOT_FOUND for a project that is not there. */
async function spanOf({ from, to = null, projectId }: Arguments, { load }: Context): Promise<SpendingSpan> {
  if (to !== null && to <= from) throw new OrreryError('BAD_INPUT', 'to: must lie after from')
  if (!projectId) return { from, to, projectId: null }
  const id = uuidOf('Project', projectId)
  if ((await load.project.load(id)) === null) throw new OrreryError('NOT_FOUND', `there is no project ${projectId}`)
  return { from, to, projectId: id }
}

builder.queryField('spending', t =>
  t.field({
    type: SpentInSpan,
    description: 'What was paid for model calls that were settled in a span of time.',
    args: {
      from: t.arg({ type: 'DateTime', required: true }),
      to: t.arg({ type: 'DateTime', description: 'Before this; until now unless given.' }),
      projectId: t.arg.id({ description: 'Only what this project pays for.' }),
    },
    resolve: async (_, args, context) => {
      const span = await spanOf(args, context)
      return { span, total: await context.reads.spending.total(span) }
    },
  }),
)

/** The sum is read so often at most, however many calls are settled meanwhile. */
const spacingMs = 500

builder.subscriptionField('spendingChanged', t =>
  t.field({
    type: SpentInSpan,
    description: 'What was paid since a moment, and again whenever that has changed.',
    args: { from: t.arg({ type: 'DateTime', required: true }), projectId: t.arg.id() },
    subscribe: async (_, args, context) => {
      const { reads, services } = context
      const span = await spanOf(args, context)
      let told = ''
      return services.followers.watch<Spent>({
        topic: `spending:${reads.organisationId}`,
        spacingMs,
        async look() {
          const total = await reads.spending.total(span)
          const seen = `${total.spentMicros}/${total.calls}`
          if (seen === told) return { next: 'wait' }
          told = seen
          return { value: { span, total }, next: 'wait' }
        },
      })
    },
    resolve: spent => spent,
  }),
)
