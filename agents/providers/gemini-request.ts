/** A request as the Gemini API wants it. */
import type { Content, FunctionCallingConfigMode, GenerateContentParameters, Part, ThinkingLevel } from '@google/genai'
import type { AssistantMessage, ModelRequest, UserMessage } from '../../domain/model.ts'
import { abilitiesOf, type Endpoint, systemOf } from './endpoint.ts'
import { objectOf } from './tool-input.ts'

/** Up to 2.5 a model is given a budget of tokens to think with. */
const budgets = { off: 0, low: 2_048, medium: 8_192, high: 16_384 }
// The words of the client's enums: to import these would load the whole client.
const levels = {
  off: 'LOW' as ThinkingLevel.LOW,
  low: 'LOW' as ThinkingLevel.LOW,
  medium: 'MEDIUM' as ThinkingLevel.MEDIUM,
  high: 'HIGH' as ThinkingLevel.HIGH,
}
const modes = {
  auto: 'AUTO' as FunctionCallingConfigMode.AUTO,
  required: 'ANY' as FunctionCallingConfigMode.ANY,
  none: 'NONE' as FunctionCallingConfigMode.NONE,
}

export function geminiParameters(request: ModelRequest, endpoint: Endpoint): GenerateContentParameters {
  const { thinking, structuredOutput } = abilitiesOf(endpoint, request.model)
  // Before 3, a schema and tools exclude each other.
  const isHeld = structuredOutput && (request.tools.length === 0 || !isOld(request.model))
  const system = systemOf(request, isHeld)
  return {
    model: request.model,
    contents: geminiContents(request),
    config: {
      maxOutputTokens: request.maxOutputTokens,
      ...(system === '' ? {} : { systemInstruction: system }),
      ...(request.temperature === null ? {} : { temperature: request.temperature }),
      ...(request.tools.length === 0 ? {} : toolsOf(request)),
      ...(thinking ? { thinkingConfig: thinkingOf(request) } : {}),
      ...(request.outputSchema !== null && isHeld
        ? { responseMimeType: 'application/json', responseJsonSchema: request.outputSchema }
        : {}),
    },
  }
}

const isOld = (model: string): boolean => /gemini-[12]/.test(model)

function thinkingOf({ model, thinking }: ModelRequest) {
  if (!isOld(model)) return { includeThoughts: thinking !== 'off', thinkingLevel: levels[thinking] }
  // The larger model of that time cannot be kept from thinking.
  const least = model.includes('pro') ? 128 : 0
  return { includeThoughts: thinking !== 'off', thinkingBudget: Math.max(least, budgets[thinking]) }
}

const toolsOf = ({ tools, toolChoice }: ModelRequest) => ({
  tools: [
    {
      functionDeclarations: tools.map(({ name, description, inputSchema }) => ({
        name,
        description,
        parametersJsonSchema: inputSchema,
      })),
    },
  ],
  toolConfig: { functionCallingConfig: { mode: modes[toolChoice] } },
})

/** Results are matched to calls by their order, so that no id is needed. */
export const geminiContents = ({ messages, model }: ModelRequest): Content[] =>
  messages.map(message =>
    message.role === 'user'
      ? { role: 'user', parts: notEmpty(ofUser(message)) }
      : { role: 'model', parts: notEmpty(ofModel(message, model)) },
  )

const notEmpty = (parts: Part[]): Part[] => (parts.length === 0 ? [{ text: '(nothing)' }] : parts)

const ofUser = ({ content }: UserMessage): Part[] =>
  content.map(part =>
    part.type === 'text'
      ? { text: part.text }
      : { functionResponse: { name: part.name, response: { [part.isError ? 'error' : 'output']: part.text } } },
  )

/** What the API accepts in place of the signature of a call that another model made. */
const foreignSignature = 'skip_thought_signature_validator'

function ofModel({ content }: AssistantMessage, model: string): Part[] {
  let calls = 0
  return content.flatMap((part): Part[] => {
    if (part.type === 'text') return part.text === '' ? [] : [{ text: part.text }]
    const { protocol, model: thinker, signature } = (part.opaque ?? {}) as { [key: string]: string | undefined }
    const own = protocol === 'gemini' && thinker === model ? signature : undefined
    // Of thoughts only the signature goes back; the text was a summary for people.
    if (part.type === 'thinking') return own === undefined ? [] : [{ text: '', thoughtSignature: own }]
    const isFirst = calls === 0
    calls += 1
    const needed = isFirst && !isOld(model) && protocol !== 'gemini' ? foreignSignature : own
    const call = { functionCall: { name: part.name, args: objectOf(part.input) } }
    return [needed === undefined ? call : { ...call, thoughtSignature: needed }]
  })
}
