/**
 * How much a Claude model thinks. Up to 4.5 it is given a budget of tokens; later ones decide by themselves and are told
 * how much effort to make. Some of these cannot be kept from thinking, and those take no forced tool choice either.
 */
import type Anthropic from '@anthropic-ai/sdk'
import type { ModelRequest } from '../../domain/model.ts'

export type ClaudeThinking = {
  thinking: Anthropic.ThinkingConfigParam | null
  effort: 'low' | 'medium' | 'high' | null
  mayForceTools: boolean
}

const budgets = { low: 2_048, medium: 8_192, high: 16_384 }
const leastBudget = 1_024
/** Tokens that a reply needs besides its thoughts. */
const leastReply = 512

export function claudeThinking(request: ModelRequest, able: boolean): ClaudeThinking {
  const plain: ClaudeThinking = { thinking: null, effort: null, mayForceTools: true }
  if (!able) return plain
  const { family, version } = versionOf(request.model)
  if (version >= 4.6) return adaptive(request, family, version)
  const budget = Math.min(
    budgets[request.thinking === 'off' ? 'low' : request.thinking],
    request.maxOutputTokens - leastReply,
  )
  if (request.thinking === 'off' || budget < leastBudget || !continuesOwnThoughts(request)) return plain
  return { thinking: { type: 'enabled', budget_tokens: budget }, effort: null, mayForceTools: false }
}

function adaptive({ thinking }: ModelRequest, family: string, version: number): ClaudeThinking {
  const isAlwaysOn = /fable|mythos/.test(family) || (family === 'opus' && version >= 5.5)
  const isBound = isAlwaysOn || (family === 'sonnet' && version >= 5.5)
  if (thinking !== 'off')
    return { thinking: { type: 'adaptive', display: 'summarized' }, effort: thinking, mayForceTools: false }
  if (isAlwaysOn) return { thinking: null, effort: 'low', mayForceTools: false }
  return { thinking: { type: isBound ? 'between_tools' : 'disabled' }, effort: null, mayForceTools: !isBound }
}

/** `claude-opus-5-5` and `claude-3-7-sonnet-20250219` are 5.5 and 3.7; a date is no version. */
function versionOf(model: string): { family: string; version: number } {
  const words = model.split(/[-.@:_/]/)
  const family = words.find(word => /^(opus|sonnet|haiku|fable|mythos)$/.test(word)) ?? ''
  const [major = 0, minor = 0] = words.filter(word => /^\d{1,2}$/.test(word)).map(Number)
  return { family, version: major + minor / 10 }
}

/**
 * A budget demands that the turn under way began with thoughts of the same model: after another model took part in it,
 * the rest of it goes without.
 */
function continuesOwnThoughts({ messages, model }: ModelRequest): boolean {
  const lastWord = messages.findLastIndex(
    ({ role, content }) => role === 'user' && content.every(part => part.type === 'text'),
  )
  const replies = messages.slice(lastWord + 1).filter(({ role }) => role === 'assistant')
  return replies.every(({ content }) => {
    const first = content[0]
    return first?.type === 'thinking' && (first.opaque as { model?: unknown } | null)?.model === model
  })
}
