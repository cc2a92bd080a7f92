/** How large a model call is, and what it may cost at most: the same for calls of tasks and for those outside of runs. */
import { OrreryError } from '../domain/errors.ts'
import type { ModelAsk } from '../domain/ports.ts'
import type { Candidate } from '../domain/routing.ts'
import type { AvailableModel, ModelGateway } from './model-gateway.ts'

/** A call that cannot answer in so many tokens is not worth its input. */
export const leastOutputTokens = 256

/** About 3.5 characters a token; what is exact is asked of the model that is chosen. */
export const roughTokens = ({ system, messages, tools }: ModelAsk['request']): number =>
  Math.ceil(JSON.stringify([system, messages, tools]).length / 3.5)

/** The models that may make the call, simulated or real ones, with what a short reply of each would cost at most. */
export function candidatesFor(
  gateway: ModelGateway,
  request: ModelAsk['request'],
  simulated: boolean,
): readonly Candidate[] {
  const size = {
    inputTokens: roughTokens(request),
    maxOutputTokens: Math.min(request.maxOutputTokens, leastOutputTokens),
  }
  return gateway
    .list()
    .filter(one => one.simulated === simulated)
    .map(one => ({ ...one, costMicros: gateway.worstCase(one.model.id, size) }))
}

export type CallSize = {
  /** Tokens of output: as many as were asked for, and as few as make sense. */
  room: number
  short: number
  wantMicros: number
  leastMicros: number
}

/** Throws OrreryError: LIMIT_EXCEEDED where it does not fit into the model, BAD_INPUT where its price is unknown. */
export async function sizeOf(
  gateway: ModelGateway,
  { model: { id, contextTokens, maxOutputTokens } }: Pick<AvailableModel, 'model'>,
  { request, signal }: { request: ModelAsk['request']; signal: AbortSignal },
): Promise<CallSize> {
  const inputTokens = await gateway.countTokens(id, request, signal)
  const room = Math.min(request.maxOutputTokens, maxOutputTokens, contextTokens - inputTokens)
  if (room < 16)
    throw new OrreryError(
      'LIMIT_EXCEEDED',
      `the conversation has ${inputTokens} tokens, and ${id} holds ${contextTokens}`,
      {
        hint: 'Give the task less to read, or configure a model with a longer context.',
      },
    )
  const short = Math.min(room, leastOutputTokens)
  const wantMicros = gateway.worstCase(id, { inputTokens, maxOutputTokens: room })
  const leastMicros = gateway.worstCase(id, { inputTokens, maxOutputTokens: short })
  if (wantMicros === null || leastMicros === null)
    throw new OrreryError('BAD_INPUT', `nobody knows what ${id} costs`, {
      hint: 'Give it a price in the configuration of models ({"input": 0, "output": 0} where it is free).',
    })
  return { room, short, wantMicros, leastMicros }
}

/** Tokens of output that what was granted pays for. */
export function affordableTokens({ room, short, wantMicros, leastMicros }: CallSize, grantedMicros: number): number {
  const perToken = room > short ? (wantMicros - leastMicros) / (room - short) : 0
  const affordable = perToken > 0 ? short + Math.floor((grantedMicros - leastMicros) / perToken) : room
  return Math.max(short, Math.min(room, affordable))
}
