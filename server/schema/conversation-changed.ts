/** That something was said, answered or done in a conversation. */
import type { ConversationRow, MessageRow } from '../../db/rows.ts'
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf } from '../../domain/ids.ts'
import { builder } from './builder.ts'
import { Conversation, Message } from './conversation.ts'

type Change = { conversation: ConversationRow; messages: readonly MessageRow[]; version: number }

const mostAtOnce = 50

const ConversationChanged = builder.objectRef<Change>('ConversationChanged').implement({
  fields: t => ({
    conversation: t.expose('conversation', { type: Conversation }),
    messages: t.field({
      type: [Message],
      description: 'Those that are new or have changed, as they are now, the oldest change first.',
      resolve: change => change.messages,
    }),
    version: t.exposeInt('version', { description: 'What to go on after.' }),
  }),
})

builder.subscriptionField('conversationChanged', t =>
  t.field({
    type: ConversationChanged,
    description: 'What changed after a version of the conversation, then what changes.',
    args: {
      conversationId: t.arg.id({ required: true }),
      after: t.arg.int({ description: 'The version that is known; 0, everything, unless given.' }),
    },
    subscribe: async (_, { conversationId, after }, { load, reads, services }) => {
      const id = uuidOf('Conversation', conversationId)
      if ((await load.conversation.load(id)) === null)
        throw new OrreryError('NOT_FOUND', `there is no conversation ${conversationId}`)
      let seen = after ?? 0
      return services.followers.watch<Change>({
        topic: `conversation:${id}`,
        async look() {
          const [conversation] = await reads.conversations.byIds([id])
          if (conversation === undefined) return { next: 'end' }
          if (conversation.version <= seen) return { next: 'wait' }
          const page = await reads.conversations.changedSince(id, seen, mostAtOnce)
          const isWhole = page.length < mostAtOnce
          const last = page.at(-1)?.version ?? conversation.version
          // What changed together is told together: of a full page, the last version may not be whole.
          const messages = isWhole ? page : page.filter(({ version }) => version < last)
          seen = Math.max(messages.at(-1)?.version ?? 0, isWhole ? conversation.version : 0)
          return { value: { conversation, messages, version: seen }, next: isWhole ? 'wait' : 'again' }
        },
      })
    },
    resolve: change => change,
  }),
)
