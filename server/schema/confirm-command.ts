/** Doing what a message proposes. */
import type { MessageRow } from '../../db/rows.ts'
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf } from '../../domain/ids.ts'
import { confirmCommand } from '../assistant/perform.ts'
import { builder } from './builder.ts'
import { requireAsker } from './confirm-proposal.ts'
import { Message, messageNow } from './conversation.ts'
import { answer, resultOf } from './results.ts'

const ConfirmCommandInput = builder.inputType('ConfirmCommandInput', {
  fields: t => ({
    messageId: t.id({ required: true }),
    index: t.int({ required: true, description: 'Of the command within its message.' }),
  }),
})
const ConfirmCommandPayload = builder.objectRef<{ reply: MessageRow }>('ConfirmCommandPayload').implement({
  fields: t => ({ reply: t.expose('reply', { type: Message, description: 'What proposed it, as it is now.' }) }),
})

builder.mutationField('confirmCommand', t =>
  t.field({
    type: resultOf(ConfirmCommandPayload),
    description:
      'Does what a message proposes, under the rights of whoever confirms: who asked for it, or an owner. Confirmed again, it is not done again.',
    args: { input: t.arg({ type: ConfirmCommandInput, required: true }) },
    resolve: (_, { input: { messageId, index } }, context) =>
      answer(async () => {
        const id = uuidOf('Message', messageId)
        const message = await context.load.message.load(id)
        if (message === null) throw new OrreryError('NOT_FOUND', `there is no message ${messageId}`)
        requireAsker(await context.reads.conversations.askedBy(message), context)
        await confirmCommand(message, index, context)
        return { reply: await messageNow(id, context) }
      }),
  }),
)
