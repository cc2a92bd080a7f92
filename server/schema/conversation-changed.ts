/** That something was said, answered or done in a conversation. */
import type { ConversationRow, MessageRow } from '../../db/rows.ts'
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf } from '../../domain/ids.ts'
import { createSignal, pulled } from '../../queues/pulled.ts'
import { builder } from './builder.ts'
import { Conversation, Message } from './conversation.ts'

type Change = { conversation: ConversationRow; messages: readonly MessageRow[]; version: number }

const mostAtOnce = 50
/** Other processes do not ring: looking by itself finds what they wrote. */
const lookMs = 1_000

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
      const bell = createSignal()
      const stop = services.assistant.listen(id, bell.raise)
      let over = false
      let seen = after ?? 0
      return pulled<Change>({
        async next() {
          while (!over) {
            const [conversation] = await reads.conversations.byIds([id])
            if (conversation === undefined) return undefined
            if (conversation.version > seen) {
              const page = await reads.conversations.changedSince(id, seen, mostAtOnce)
              const last = page.at(-1)?.version ?? conversation.version
              // What changed together is told together: of a full page, the last version may not be whole.
              const messages = page.length < mostAtOnce ? page : page.filter(({ version }) => version < last)
              seen = Math.max(messages.at(-1)?.version ?? 0, page.length < mostAtOnce ? conversation.version : 0)
              return { conversation, messages, version: seen }
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
    resolve: change => change,
  }),
)
