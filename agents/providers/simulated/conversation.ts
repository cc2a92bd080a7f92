/** What a model is told, as a policy reads it: nothing but the conversation, in the order in which things happened. */
import type { Json } from '../../../domain/json.ts'
import {
  type ModelMessage,
  type ModelRequest,
  type ToolResultPart,
  type ToolSpec,
  textOf,
  toolCallsOf,
} from '../../../domain/model.ts'

export type Call = { name: string; input: { readonly [key: string]: Json } }
/** A tool call with what came back. */
export type Exchange = Call & { text: string; isError: boolean }

export type Conversation = {
  system: string
  /** Everything that was said by the user before the first reply: the objective and what belongs to it. */
  task: string
  /** What the user said last, if it came after a reply and is no tool result; empty otherwise. */
  remark: string
  /** What the user said last in words, whatever came after it. */
  question: string
  exchanges: readonly Exchange[]
  tools: ReadonlyMap<string, ToolSpec>
}

export function readConversation(request: ModelRequest): Conversation {
  const firstReply = request.messages.findIndex(({ role }) => role === 'assistant')
  const opening = firstReply === -1 ? request.messages : request.messages.slice(0, firstReply)
  const last = request.messages.at(-1)
  const asked = request.messages.findLast(({ role, content }) => role === 'user' && textOf(content) !== '')
  return {
    system: request.system,
    task: opening.flatMap(({ content }) => content.map(part => textOf([part]))).join('\n\n'),
    remark: firstReply !== -1 && last?.role === 'user' ? textOf(last.content) : '',
    question: asked === undefined ? '' : textOf(asked.content),
    exchanges: exchangesOf(request.messages),
    tools: new Map(request.tools.map(tool => [tool.name, tool])),
  }
}

/** Calls that were answered, in the order in which they were made. */
function exchangesOf(messages: readonly ModelMessage[]): Exchange[] {
  const results = new Map<string, ToolResultPart>()
  for (const { role, content } of messages) {
    if (role !== 'user') continue
    for (const part of content) if (part.type === 'tool-result') results.set(part.id, part)
  }
  return messages.flatMap(message => {
    if (message.role !== 'assistant') return []
    return toolCallsOf(message.content).flatMap(({ id, name, input }) => {
      const result = results.get(id)
      return result === undefined ? [] : [{ name, input: asObject(input), text: result.text, isError: result.isError }]
    })
  })
}

const asObject = (input: Json): Call['input'] =>
  typeof input === 'object' && input !== null && !Array.isArray(input) ? (input as Call['input']) : {}
