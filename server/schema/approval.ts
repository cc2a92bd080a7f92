/** Questions to people, over all runs: the inbox, and how they are answered. */
import type { ApprovalRow } from '../../db/rows.ts'
import type { ApprovalFilter } from '../../db/tenant-approvals.ts'
import { inlineBytes } from '../../db/tenant-artifacts.ts'
import { approvalKinds, deadlineRules } from '../../domain/approval.ts'
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf } from '../../domain/ids.ts'
import type { Json } from '../../domain/json.ts'
import { answerQuestion } from '../answers.ts'
import type { Context } from '../context.ts'
import { builder } from './builder.ts'
import { cursorById, requestById, toConnection } from './connection.ts'
import { answer, resultOf } from './results.ts'
import { Run } from './run.ts'
import { Task } from './task.ts'

export const ApprovalStatusEnum = builder.enumType('ApprovalStatus', {
  values: ['OPEN', 'ANSWERED', 'EXPIRED', 'WITHDRAWN'] as const,
})
const ApprovalKindEnum = builder.enumType('ApprovalKind', {
  description: 'What a question is about.',
  values: Object.fromEntries(approvalKinds.map(kind => [kind.toUpperCase(), { value: kind }])) as {
    [K in Uppercase<(typeof approvalKinds)[number]>]: { value: Lowercase<K> }
  },
})
const DeadlineRuleEnum = builder.enumType('DeadlineRule', {
  description: 'What becomes of a question that nobody answers in time.',
  values: Object.fromEntries(deadlineRules.map(rule => [rule.toUpperCase(), { value: rule }])) as {
    [K in Uppercase<(typeof deadlineRules)[number]>]: { value: Lowercase<K> }
  },
})

export const Approval = builder.objectRef<ApprovalRow>('Approval')

builder.node(Approval, {
  description: 'A question to a person: what is asked, in which form, until when, and what came of it.',
  id: { resolve: approval => approval.id },
  loadMany: (ids, { load }) => ids.map(id => load.approval.load(id)),
  isTypeOf: () => true,
  fields: t => ({
    kind: t.expose('kind', { type: ApprovalKindEnum }),
    status: t.expose('status', { type: ApprovalStatusEnum }),
    title: t.exposeString('title'),
    body: t.exposeString('body', { description: 'Markdown: what one needs to know in order to decide.' }),
    fields: t.field({
      type: 'JSON',
      description: 'The form of the answer: name, label, type (boolean, choice, text, integer), options, required.',
      resolve: ({ fields }) => fields as unknown as Json,
    }),
    facts: t.field({ type: 'JSON', nullable: true, description: 'For programs.', resolve: ({ facts }) => facts }),
    diff: t.string({
      nullable: true,
      description:
        'The change that is asked about, as a unified diff; null where it is about none, or about 1 MiB or more.',
      resolve: ({ facts }, _, context) => diffOf(facts, context),
    }),
    onDeadline: t.expose('onDeadline', { type: DeadlineRuleEnum }),
    quorum: t.exposeInt('quorum', { description: 'People whose agreement it takes; one refusal ends it.' }),
    votes: t.exposeInt('votes', { description: 'People who agreed so far, the last one not counted.' }),
    escalated: t.exposeBoolean('escalated'),
    answer: t.field({ type: 'JSON', nullable: true, resolve: approval => approval.answer }),
    answeredBy: t.string({ nullable: true, resolve: ({ answeredBy }) => answeredBy?.name ?? null }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime' }),
    dueAt: t.expose('dueAt', { type: 'DateTime', nullable: true }),
    closedAt: t.expose('closedAt', { type: 'DateTime', nullable: true }),
    seq: t.exposeInt('seq', { description: 'The event that asked.' }),
    taskIndex: t.exposeInt('taskIndex'),
    run: t.field({ type: Run, nullable: true, resolve: ({ runId }, _, { load }) => load.run.load(runId) }),
    task: t.field({
      type: Task,
      nullable: true,
      resolve: ({ runId, taskIndex: index }, _, { load }) => load.task.load({ runId, index }),
    }),
  }),
})

/** The fact `diff` names a blob of the organisation; what fills a whole piece may be cut off, and is left out. */
async function diffOf(facts: Json, { load }: Context): Promise<string | null> {
  const hash = facts !== null && typeof facts === 'object' && 'diff' in facts ? facts.diff : null
  if (typeof hash !== 'string') return null
  const bytes = await load.body.load(hash)
  return bytes === null || bytes.length >= inlineBytes ? null : new TextDecoder().decode(bytes)
}

const ApprovalConnection = builder.connectionObject({ type: Approval, name: 'ApprovalConnection' })

const ApprovalFilterInput = builder.inputType('ApprovalFilter', {
  description: 'All conditions that are given must hold.',
  fields: t => ({
    projectId: t.id(),
    runId: t.id(),
    statuses: t.field({ type: [ApprovalStatusEnum] }),
    kinds: t.field({ type: [ApprovalKindEnum] }),
  }),
})

function filterOf(given: ApprovalFilter | null | undefined): ApprovalFilter {
  const { projectId, runId, ...rest } = given ?? {}
  return {
    ...rest,
    projectId: projectId ? uuidOf('Project', projectId) : null,
    runId: runId ? uuidOf('Run', runId) : null,
  }
}

builder.queryFields(t => ({
  approvals: t.connection(
    {
      type: Approval,
      description: 'Questions of all runs, newest first. The inbox is those that are OPEN.',
      args: { filter: t.arg({ type: ApprovalFilterInput }) },
      resolve: async (_, { filter: given, ...args }, { reads }) => {
        const filter = filterOf(given)
        const page = await reads.approvals.page({ ...requestById(args), ...filter })
        return toConnection(page, cursorById, () => reads.approvals.count(filter))
      },
    },
    ApprovalConnection,
  ),
  approval: t.field({
    type: Approval,
    nullable: true,
    description: 'Null where there is no such question.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { load }) => load.approval.load(uuidOf('Approval', id)),
  }),
}))

const AnswerApprovalInput = builder.inputType('AnswerApprovalInput', {
  fields: t => ({
    approvalId: t.id({ required: true }),
    answer: t.field({ type: 'JSON', required: true, description: 'As `Approval.fields` asks for it.' }),
  }),
})
const AnswerApprovalPayload = builder
  .objectRef<{ approval: ApprovalRow }>('AnswerApprovalPayload')
  .implement({ fields: t => ({ approval: t.expose('approval', { type: Approval }) }) })

builder.mutationField('answerApproval', t =>
  t.field({
    type: resultOf(AnswerApprovalPayload),
    description:
      'The first answer that settles a question wins, and whoever waits for it goes on. A later one is refused with CONFLICT, and says whose answer counts.',
    args: { input: t.arg({ type: AnswerApprovalInput, required: true }) },
    resolve: (_, { input }, context) =>
      answer(async () => {
        const id = uuidOf('Approval', input.approvalId)
        const asked = await context.load.approval.load(id)
        if (asked === null) throw new OrreryError('NOT_FOUND', `there is no approval ${input.approvalId}`)
        await answerQuestion(asked, input.answer ?? null, context)
        const approval = await context.load.approval.clear(id).load(id)
        return { approval: approval ?? asked }
      }),
  }),
)
