/** A model for tests of the assistant: it says what a script says, and costs what a call costs. */
import type { AssistantMessage, ModelRequest } from '../../domain/model.ts'
import type { ModelGateway } from '../../queues/model-gateway.ts'
import { createModelParts } from '../models.ts'

export type Script = (request: Omit<ModelRequest, 'model'>, call: number) => AssistantMessage['content'] | Error

export type ScriptedGateway = ModelGateway & { readonly asked: Omit<ModelRequest, 'model'>[] }

/** The simulated models of the product under the name of real ones: their prices are known. */
export function scriptedGateway(script: Script): ScriptedGateway {
  const { gateway } = createModelParts({})
  const asked: Omit<ModelRequest, 'model'>[] = []
  return {
    ...gateway,
    asked,
    list: () => gateway.list().map(one => ({ ...one, simulated: false })),
    nextTry: () => null,
    async call(model, request) {
      asked.push(JSON.parse(JSON.stringify(request)))
      const content = script(request, asked.length - 1)
      if (content instanceof Error) {
        const error = { code: 'SERVER_ERROR' as const, message: content.message, retryable: false, retryAfterMs: null }
        return { ok: false, error, usage: null, mayHaveCost: false, partial: '' }
      }
      const usage = { input: 1_000, cacheRead: 0, cacheWrite: 0, output: 100, reasoning: 0 }
      const stopReason = content.some(part => part.type === 'tool-call') ? ('tool-calls' as const) : ('end' as const)
      return { ok: true, reply: { content, stopReason, model }, usage }
    },
  }
}

export const says = (text: string): AssistantMessage['content'] => [{ type: 'text', text }]
export const calls = (name: string, input: object): AssistantMessage['content'] => [
  { type: 'tool-call', id: `call_${name}`, name, input: input as never, opaque: null },
]
