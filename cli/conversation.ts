/** A conversation with the assistant of a project: what is said, what is answered, what is confirmed. */
import { randomUUID } from 'node:crypto'
import { refusal } from './client.ts'
import type { Context } from './context.ts'
import { graphql } from './gql/gql.ts'
import type { ConversationChangedSubscription, ShownMessageFragment } from './gql/graphql.ts'
import { thoughtOf } from './thought.ts'

// biome-ignore lint/correctness/noUnusedVariables: the generator reads it, operations cite it.
const ShownMessage = graphql(`
  fragment ShownMessage on Message {
    id state text model simulated cost
    links { runId seq type title }
    commands { index kind summary state run { id } error { code message hint } }
    error { code message hint }
  }
`)
const CreateConversation = graphql(`
  mutation CreateConversation($input: CreateConversationInput!) {
    createConversation(input: $input) {
      ... on CreateConversationPayload { conversation { id } }
      ... on UserError { code message hint }
    }
  }
`)
const Say = graphql(`
  mutation Say($input: SayInput!) {
    say(input: $input) {
      ... on SayPayload { reply { ...ShownMessage } }
      ... on UserError { code message hint }
    }
  }
`)
const ConversationChanged = graphql(`
  subscription ConversationChanged($id: ID!, $after: Int!) {
    conversationChanged(conversationId: $id, after: $after) { version messages { ...ShownMessage } }
  }
`)
const FindMessage = graphql(
  `query FindMessage($id: ID!) { node(id: $id) { __typename ... on Message { ...ShownMessage } } }`,
)
const ConfirmCommand = graphql(`
  mutation ConfirmCommand($input: ConfirmCommandInput!) {
    confirmCommand(input: $input) {
      ... on ConfirmCommandPayload { reply { ...ShownMessage } }
      ... on UserError { code message hint }
    }
  }
`)

export type Message = ShownMessageFragment

export type Conversation = {
  /** What is answered; null where `signal` was aborted before. Throws CliError. */
  ask(text: string, signal: AbortSignal): Promise<Message | null>
  /** The message as it is after its command was done. Throws CliError where it was refused. */
  confirm(messageId: string, index: number): Promise<Message>
}

/** Throws CliError. */
export async function beginConversation(
  context: Context,
  { projectId, simulated }: { projectId: string; simulated: boolean },
): Promise<Conversation> {
  const client = context.client()
  const { createConversation: begun } = await client.query(CreateConversation, {
    input: { projectId, simulated, title: null, idempotencyKey: randomUUID() },
  })
  if (!('conversation' in begun)) throw refusal(begun.code, begun.message, begun.hint)
  const { id } = begun.conversation
  let known = 0

  return {
    async ask(text, signal) {
      const { say: said } = await client.query(Say, { input: { conversationId: id, text, files: null } })
      if (!('reply' in said)) throw refusal(said.code, said.message, said.hint)
      const replyId = said.reply.id
      const thought = {
        subscription: ConversationChanged,
        variables: { id, after: known },
        found({ conversationChanged: { version, messages } }: ConversationChangedSubscription): Message | null {
          known = version
          return messages.find(one => one.id === replyId && one.state !== 'THINKING') ?? null
        },
        async look(): Promise<Message | null> {
          const { node } = await client.query(FindMessage, { id: replyId })
          return node?.__typename === 'Message' && node.state !== 'THINKING' ? node : null
        },
      }
      return thoughtOf(context.connection(), thought, signal)
    },
    async confirm(messageId, index) {
      const { confirmCommand: done } = await client.query(ConfirmCommand, { input: { messageId, index } })
      if ('reply' in done) return done.reply
      throw refusal(done.code, done.message, done.hint)
    },
  }
}
