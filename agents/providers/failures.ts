/** What went wrong, as the closed list of codes that the rest of the system knows, in words for people, without secrets. */
import type { ModelError, ModelErrorCode } from '../../domain/model.ts'
import { retryAfterOf } from './retry-after.ts'
import type { Fault } from './wire.ts'

/** Who failed, for the message. */
export type Blamed = {
  provider: string
  model: string
  /** Where the key comes from: `ANTHROPIC_API_KEY`; null where there is none. */
  keySource: string | null
  /** The key itself, to be left out of whatever the provider says. */
  key: string | null
}

export type Failed = { error: ModelError; mayHaveCost: boolean }

export function failedBy(fault: Fault, blamed: Blamed, now: number): Failed {
  const { provider, model } = blamed
  switch (fault.kind) {
    case 'cancelled':
      return failed('CANCELLED', `The call to ${model} was cancelled.`, fault.sent)
    case 'idle':
      return failed('TIMED_OUT', `${provider} sent nothing for ${fault.afterMs / 1_000} s.`, true)
    case 'unreachable':
      return failed('UNREACHABLE', `${provider} cannot be reached (${fault.code}).`, fault.sent)
    case 'cut':
      return failed('TRUNCATED', `${provider} broke off before the reply of ${model} was complete.`, true)
    case 'garbage':
      return failed('GARBAGE', `${provider} sent what its protocol does not know: ${quote(fault.detail, blamed)}`, true)
    case 'told': {
      const code = codeOf({ status: fault.status, types: [fault.type], message: fault.message })
      return failed(code, messageFor(code, quote(fault.message, blamed), blamed), true)
    }
    case 'refused':
      return refused(fault, blamed, now)
  }
}

/** Codes after which the same call, unchanged, may succeed later. */
const passing: readonly ModelErrorCode[] = [
  'RATE_LIMITED',
  'OVERLOADED',
  'UNREACHABLE',
  'TIMED_OUT',
  'TRUNCATED',
  'GARBAGE',
  'SERVER_ERROR',
]

const failed = (code: ModelErrorCode, message: string, mayHaveCost: boolean): Failed => ({
  error: { code, message, retryable: passing.includes(code), retryAfterMs: null },
  mayHaveCost,
})

function refused({ status, headers, body }: Extract<Fault, { kind: 'refused' }>, blamed: Blamed, now: number): Failed {
  const said = readBody(body)
  const code = codeOf({ status, ...said })
  const outOfCredit = said.types.some(type => /quota|billing|credit/.test(type))
  const { error } = failed(code, messageFor(code, `${status} ${quote(said.message, blamed)}`, blamed), false)
  return {
    error: { ...error, retryable: error.retryable && !outOfCredit, retryAfterMs: retryAfterOf(headers, body, now) },
    // Refusals cost nothing. Behind a gateway that gave up, a model may have been at work.
    mayHaveCost: status >= 500 && status !== 503 && status !== 529,
  }
}

function messageFor(code: ModelErrorCode, said: string, { provider, model, keySource }: Blamed): string {
  if (code === 'UNAUTHORISED' && keySource !== null)
    return `${provider} does not accept the key in ${keySource}: ${said}`
  if (code === 'UNAUTHORISED') return `${provider} wants a key, and none is set for it: ${said}`
  if (code === 'UNKNOWN_MODEL') return `${provider} knows no model ${model} at its address: ${said}`
  if (code === 'CONTEXT_TOO_LONG') return `The request is longer than ${model} can hold: ${said}`
  return `${provider}: ${said}`
}

type Said = { types: string[]; message: string }

const tooLong =
  /prompt is too long|context.?(length|window)|maximum context|exceeds? the (maximum|model'?s)|input token count|too many (input )?tokens|request_too_large/i
const wrongKey =
  /api.?key (is )?(not valid|invalid|expired)|invalid.?api.?key|API_KEY_INVALID|authentication|permission/i
const unknownModel = /model_not_found|not_found|NOT_FOUND|does not exist/

/** From the most telling to the least: what the provider calls it, what it says, and the status. */
function codeOf({ status, types, message }: { status: number | null } & Said): ModelErrorCode {
  const type = types.join(' ')
  if (/overloaded|UNAVAILABLE/.test(type) || status === 503 || status === 529) return 'OVERLOADED'
  if (/rate_limit|quota|RESOURCE_EXHAUSTED/.test(type) || status === 429) return 'RATE_LIMITED'
  if (status === 413 || tooLong.test(type)) return 'CONTEXT_TOO_LONG'
  if (status === 401 || status === 402 || status === 403 || wrongKey.test(type)) return 'UNAUTHORISED'
  if (status === 404 || unknownModel.test(type)) return 'UNKNOWN_MODEL'
  if (status === 408 || status === 504 || /timeout|DEADLINE/.test(type)) return 'TIMED_OUT'
  if (status === 400 || status === 422 || /invalid_request|INVALID_ARGUMENT|bad_request/i.test(type)) {
    if (tooLong.test(message)) return 'CONTEXT_TOO_LONG'
    return wrongKey.test(message) ? 'UNAUTHORISED' : 'BAD_REQUEST'
  }
  if (status !== null && status < 500 && status !== 409) return 'BAD_REQUEST'
  return 'SERVER_ERROR'
}

/** What providers put into the body of a refusal: the names that they give the error, and a sentence. */
function readBody(body: string): Said {
  try {
    const parsed: unknown = JSON.parse(body)
    const outer = record(Array.isArray(parsed) ? parsed[0] : parsed)
    const inner = outer.error === undefined ? outer : record(outer.error)
    const details = Array.isArray(inner.details) ? inner.details.map(each => record(each).reason) : []
    const types = [inner.type, inner.code, inner.status, ...details].filter(type => typeof type === 'string')
    const message = [inner.message, outer.detail, outer.error].find(text => typeof text === 'string')
    return { types, message: message ?? '' }
  } catch {
    return { types: [], message: body }
  }
}

const record = (value: unknown): { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null ? { ...value } : {}

const mostQuoted = 500

/** What a provider said, as one short line without the key, whole or in the parts that providers like to repeat. */
function quote(said: string, { key }: Blamed): string {
  const page = /<(!doctype|html|head|body)/i.test(said)
  const title = /<title[^>]*>([^<]*)/i.exec(said)?.[1]?.trim() ?? ''
  const plain = page
    ? `a web page${title === '' ? '' : `, "${title}"`} instead of an answer; is its address right?`
    : said
  const hidden = key === null || key.length < 4 ? plain : plain.replaceAll(key, '[key]')
  const line = hidden
    .replace(/\b(?:sk|rk|pk|key|AIza)[-_][\w*.…-]{4,}|\bAIza[\w-]{10,}|\S*\*{3,}\S*/g, '[key]')
    .replace(/[\s\p{Cc}\p{Bidi_Control}]+/gu, ' ')
    .trim()
  return line === '' ? 'without a reason' : line.slice(0, mostQuoted)
}
