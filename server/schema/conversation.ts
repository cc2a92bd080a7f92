/** Conversations with the assistant of a project: their history is kept, and what it proposes a person confirms. */
import { randomBytes } from 'node:crypto'
import { numberKey, pageRequest } from '../../db/page.ts'
import type { ConversationRow, MessageRow } from '../../db/rows.ts'
import type { EventLink, ProposedCommand, SaidFile } from '../../domain/conversation.ts'
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf, uuidv7 } from '../../domain/ids.ts'
import type { Json } from '../../domain/json.ts'
import { cleanText } from '../../domain/run/clean.ts'
import { actorOf, type Context } from '../context.ts'
import { builder } from './builder.ts'
import { cursorById, requestById, toConnection } from './connection.ts'
import { FailureRef } from './failure.ts'
import { Project } from './project.ts'
import { stateOf, ThinkingEnum } from './proposal.ts'
import { answer, resultOf } from './results.ts'
import { Run } from './run.ts'

const Link = builder.objectRef<EventLink>('EventLink').implement({
  description: 'An event that an answer rests on.',
  fields: t => ({
    runId: t.exposeID('runId'),
    seq: t.exposeInt('seq'),
    type: t.exposeString('type', { description: 'Of the event.' }),
    title: t.exposeString('title', { description: 'Of the run.' }),
  }),
})

const CommandState = builder.enumType('ProposedCommandState', {
  description: 'PROPOSED: nothing was done · DONE · REFUSED: it was confirmed, and could not be done.',
  values: { PROPOSED: { value: 'proposed' }, DONE: { value: 'done' }, REFUSED: { value: 'refused' } } as const,
})

const Command = builder.objectRef<ProposedCommand>('ProposedCommand').implement({
  description: 'What the assistant would do. Nothing happens before confirmCommand.',
  fields: t => ({
    index: t.exposeInt('index', { description: 'Counts from 0 within its message.' }),
    kind: t.exposeString('kind', {
      description: 'startRun, cancelRun, pauseRun, resumeRun, retryTask or answerApproval.',
    }),
    input: t.field({ type: 'JSON', nullable: true, resolve: ({ input }) => input as unknown as Json }),
    summary: t.exposeString('summary'),
    state: t.expose('state', { type: CommandState }),
    run: t.field({
      type: Run,
      nullable: true,
      description: 'The run that it was about, or that it started; null before it was done.',
      resolve: ({ runId }, _, { load }) => (runId === null ? null : load.run.load(uuidOf('Run', runId))),
    }),
    error: t.field({ type: FailureRef, nullable: true, resolve: command => command.error }),
  }),
})

const File = builder.objectRef<SaidFile>('SaidFile').implement({
  description: 'Text that was given along.',
  fields: t => ({ name: t.exposeString('name'), text: t.exposeString('text') }),
})

const AuthorEnum = builder.enumType('MessageAuthor', {
  values: { PERSON: { value: 'person' }, ASSISTANT: { value: 'assistant' } } as const,
})

export const Message = builder.objectRef<MessageRow>('Message')

builder.node(Message, {
  description: 'What was said, or what was answered.',
  id: { resolve: message => message.id },
  loadMany: (ids, { load }) => ids.map(id => load.message.load(id)),
  isTypeOf: () => true,
  fields: t => ({
    seq: t.exposeInt('seq', { description: '1, 2, 3 … within the conversation.' }),
    author: t.expose('author', { type: AuthorEnum }),
    by: t.string({ nullable: true, resolve: ({ by }) => by?.name ?? null }),
    state: t.field({ type: ThinkingEnum, resolve: (message, _, { services }) => stateOf(message, services.now()) }),
    text: t.exposeString('text', { description: 'Markdown. A mark such as [run_0199…#17] names an event of `links`.' }),
    files: t.field({ type: [File], resolve: message => message.files }),
    links: t.field({
      type: [Link],
      description: 'The events that it rests on: each was looked up.',
      resolve: message => message.links,
    }),
    commands: t.field({ type: [Command], resolve: message => message.commands }),
    error: t.field({ type: FailureRef, nullable: true, resolve: message => message.error }),
    model: t.exposeString('model', { nullable: true, description: 'That answered; null where none did.' }),
    simulated: t.exposeBoolean('simulated', { description: 'Answered by a simulated model.' }),
    cost: t.expose('costMicros', { type: 'BigInt', description: 'Of the answer, in micro-dollars.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
})
const MessageConnection = builder.connectionObject({ type: Message, name: 'MessageConnection' })

export const Conversation = builder.objectRef<ConversationRow>('Conversation')

builder.node(Conversation, {
  description: 'A dialogue about a project and its runs.',
  id: { resolve: conversation => conversation.id },
  loadMany: (ids, { load }) => ids.map(id => load.conversation.load(id)),
  isTypeOf: () => true,
  fields: t => ({
    title: t.exposeString('title'),
    simulated: t.exposeBoolean('simulated', {
      description: 'Simulated models answer, and runs that it proposes are simulated.',
    }),
    version: t.exposeInt('version', { description: 'Counts every change of it and of its messages.' }),
    project: t.field({
      type: Project,
      nullable: true,
      resolve: ({ projectId }, _, { load }) => load.project.load(projectId),
    }),
    messages: t.connection(
      {
        type: Message,
        description: 'In the order in which they were said.',
        resolve: async ({ id }, args, { reads }) =>
          toConnection(
            await reads.conversations.messages(id, pageRequest(args, numberKey)),
            ({ seq }) => String(seq),
            () => reads.conversations.countMessages(id),
          ),
      },
      MessageConnection,
    ),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
  }),
})
const ConversationConnection = builder.connectionObject({ type: Conversation, name: 'ConversationConnection' })

builder.queryFields(t => ({
  conversations: t.connection(
    {
      type: Conversation,
      description: 'Those of a project, newest first.',
      args: { projectId: t.arg.id({ required: true }) },
      resolve: async (_, { projectId: given, ...args }, { reads }) => {
        const projectId = uuidOf('Project', given)
        const page = await reads.conversations.page(projectId, requestById(args))
        return toConnection(page, cursorById, () => reads.conversations.count(projectId))
      },
    },
    ConversationConnection,
  ),
  conversation: t.field({
    type: Conversation,
    nullable: true,
    description: 'Null where there is no such conversation.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { load }) => load.conversation.load(uuidOf('Conversation', id)),
  }),
}))

const CreateConversationInput = builder.inputType('CreateConversationInput', {
  fields: t => ({
    projectId: t.id({ required: true }),
    title: t.string({ description: 'At most 200 characters.' }),
    simulated: t.boolean({ description: 'Simulated models answer. As its project says unless given.' }),
    idempotencyKey: t.string({
      description: 'The same key with the same input creates one conversation, however often it is sent.',
    }),
  }),
})
const CreateConversationPayload = builder
  .objectRef<{ conversation: ConversationRow }>('CreateConversationPayload')
  .implement({ fields: t => ({ conversation: t.expose('conversation', { type: Conversation }) }) })

builder.mutationField('createConversation', t =>
  t.field({
    type: resultOf(CreateConversationPayload),
    description: 'Begins a conversation about a project.',
    args: { input: t.arg({ type: CreateConversationInput, required: true }) },
    resolve: (_, { input }, context) => answer(async () => ({ conversation: await create(input, context) })),
  }),
)

type ToCreate = { projectId: string } & {
  title?: string | null | undefined
  simulated?: boolean | null | undefined
  idempotencyKey?: string | null | undefined
}

async function create({ idempotencyKey, ...given }: ToCreate, context: Context): Promise<ConversationRow> {
  const { services, reads, load } = context
  const projectId = uuidOf('Project', given.projectId)
  const project = await load.project.load(projectId)
  if (project === null) throw new OrreryError('NOT_FOUND', `there is no project ${given.projectId}`)
  const title = cleanText(given.title ?? '').trim() || 'Conversation'
  if (title.length > 200) throw new OrreryError('BAD_INPUT', 'title: must be at most 200 characters long')
  const asked = { projectId, title, simulated: given.simulated ?? project.simulated }
  const newId = uuidv7(services.now(), randomBytes(10))
  const { organisationId } = reads
  const id = idempotencyKey
    ? await services.idempotency.claim({
        organisationId,
        operation: 'createConversation',
        key: idempotencyKey,
        input: asked,
        newId,
      })
    : newId
  return reads.conversations.create({ id, ...asked, by: actorOf(context) })
}

/** A message as it is now, whatever was loaded before. */
export async function messageNow(id: string, { load }: Context): Promise<MessageRow> {
  const message = await load.message.clear(id).load(id)
  if (message === null) throw new Error(`message ${id} is gone`)
  return message
}
