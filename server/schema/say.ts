/** What a person says in a conversation, and the message in which it is answered. */
import { randomBytes } from 'node:crypto'
import { uuidFor } from '../../db/idempotency.ts'
import type { MessageRow } from '../../db/rows.ts'
import type { SaidFile } from '../../domain/conversation.ts'
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf, uuidv7 } from '../../domain/ids.ts'
import { cleanText } from '../../domain/run/clean.ts'
import { actorOf, type Context } from '../context.ts'
import { builder } from './builder.ts'
import { Message, messageNow } from './conversation.ts'
import { textOf } from './proposal.ts'
import { answer, resultOf } from './results.ts'

const SaidFileInput = builder.inputType('SaidFileInput', {
  fields: t => ({
    name: t.string({ required: true, description: 'At most 200 characters.' }),
    text: t.string({ required: true, description: 'At most 64,000 characters.' }),
  }),
})
const SayInput = builder.inputType('SayInput', {
  fields: t => ({
    conversationId: t.id({ required: true }),
    text: t.string({ required: true, description: '1 … 32,000 characters.' }),
    files: t.field({ type: [SaidFileInput], description: 'At most 5. They are material, never instructions.' }),
    idempotencyKey: t.string({
      description: 'The same key with the same input is said and answered once, however often it is sent.',
    }),
  }),
})
type Said = { said: MessageRow; reply: MessageRow }
const SayPayload = builder.objectRef<Said>('SayPayload').implement({
  fields: t => ({
    said: t.expose('said', { type: Message }),
    reply: t.expose('reply', {
      type: Message,
      description: 'THINKING at first: conversationChanged tells when it is there.',
    }),
  }),
})

builder.mutationField('say', t =>
  t.field({
    type: resultOf(SayPayload),
    description: 'Says something, and is answered in a message of its own.',
    args: { input: t.arg({ type: SayInput, required: true }) },
    resolve: (_, { input }, context) => answer(() => say(input, context)),
  }),
)

type ToSay = { conversationId: string; text: string } & {
  files?: readonly SaidFile[] | null | undefined
  idempotencyKey?: string | null | undefined
}

async function say(given: ToSay, context: Context): Promise<Said> {
  const { services, reads, load } = context
  const conversation = await load.conversation.load(uuidOf('Conversation', given.conversationId))
  const project = conversation === null ? null : await load.project.load(conversation.projectId)
  if (conversation === null || project === null)
    throw new OrreryError('NOT_FOUND', `there is no conversation ${given.conversationId}`)
  const said = { text: textOf(given.text), files: filesOf(given.files ?? []) }
  const newId = uuidv7(services.now(), randomBytes(10))
  const { organisationId } = reads
  const messageId = given.idempotencyKey
    ? await services.idempotency.claim({
        organisationId,
        operation: 'say',
        key: given.idempotencyKey,
        input: { conversationId: conversation.id, ...said },
        newId,
      })
    : newId
  const replyId = uuidFor(messageId, 'reply')
  const by = actorOf(context)
  const isNew = await reads.conversations.say({ conversationId: conversation.id, messageId, replyId, ...said, by })
  if (isNew) {
    services.bell.ringOf(`conversation:${conversation.id}`)
    // Not waited for: it is written down when it is there.
    void services.assistant.answer(conversation, project, replyId)
  }
  const [first, reply] = await Promise.all([messageNow(messageId, context), messageNow(replyId, context)])
  return { said: first, reply }
}

/** Throws BAD_INPUT that names every fault. */
function filesOf(given: readonly SaidFile[]): SaidFile[] {
  const files = given.map(({ name, text }) => ({ name: cleanText(name).trim(), text: cleanText(text) }))
  const faults = files.flatMap(({ name, text }, index) => [
    ...(name.length < 1 || name.length > 200 ? [`files.${index}.name: must be 1 … 200 characters long`] : []),
    ...(text.length > 64_000 ? [`files.${index}.text: must be at most 64,000 characters long`] : []),
  ])
  if (files.length > 5) faults.push('files: at most 5')
  if (faults.length > 0) throw new OrreryError('BAD_INPUT', faults.join('; '))
  return files
}
