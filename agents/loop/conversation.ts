/** What was said so far: user and assistant take turns, and a tool's result follows its call at once. */
import type { AssistantMessage, ModelMessage, TextPart, ToolResultPart, UserMessage } from '../../domain/model.ts'

export type Conversation = {
  messages(): readonly ModelMessage[]
  /** What the model said. */
  reply(content: AssistantMessage['content']): void
  /** What is said to the model; results of tools stand before texts. */
  say(parts: readonly (TextPart | ToolResultPart)[]): void
  replace(messages: readonly ModelMessage[]): void
}

export const text = (text: string): TextPart => ({ type: 'text', text })

export function createConversation(first: readonly TextPart[]): Conversation {
  let messages: readonly ModelMessage[] = [{ role: 'user', content: first }]
  return {
    messages: () => messages,
    reply(content) {
      messages = [...messages, { role: 'assistant', content: spoken(content) }]
    },
    say(parts) {
      if (parts.length === 0) return
      const last = messages.at(-1)
      messages =
        last?.role === 'user'
          ? [...messages.slice(0, -1), inOrder([...last.content, ...parts])]
          : [...messages, inOrder(parts)]
    },
    replace(next) {
      messages = next
    },
  }
}

const inOrder = (parts: UserMessage['content']): UserMessage => ({
  role: 'user',
  content: [...parts.filter(({ type }) => type === 'tool-result'), ...parts.filter(({ type }) => type === 'text')],
})

/** Providers refuse a message that is empty, or that holds an empty text. */
function spoken(content: AssistantMessage['content']): AssistantMessage['content'] {
  const parts = content.filter(part => part.type !== 'text' || part.text.trim() !== '')
  return parts.some(({ type }) => type !== 'thinking') ? parts : [...parts, text('(I said nothing.)')]
}

/** Characters of a message, as they weigh on a model's context. */
export const weightOf = ({ content }: ModelMessage): number =>
  content.reduce(
    (sum, part) => sum + (part.type === 'tool-call' ? JSON.stringify(part).length : part.text.length + 20),
    0,
  )
