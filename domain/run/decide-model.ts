/** Decisions about model calls: they are journaled like tool calls, and share their numbers. */

import { type Claimed, held, nextCall } from './claims.ts'
import type { Command } from './commands.ts'
import type { Draft } from './draft.ts'

type Of<T extends Command['type']> = Extract<Command, { type: T }>

export function startModelCall(draft: Draft, command: Of<'StartModelCall'>): void {
  const { call, tryIndex, model, routed, fellBack, purpose, promptHash, reservedMicros, maxOutputTokens } = command
  const at = { ...held(draft.run, command), call, tryIndex }
  if (fellBack !== null) draft.emit({ type: 'ModelFellBack', data: { ...at, ...fellBack, model } })
  if (routed !== null) draft.emit({ type: 'ModelRouted', data: { ...at, ...routed, model } })
  draft.emit({
    type: 'ModelCallStarted',
    data: { ...tried(at, command), purpose, promptHash, reservedMicros, maxOutputTokens },
  })
}

export function finishModelCall(draft: Draft, command: Of<'FinishModelCall'>): void {
  const claim = held(draft.run, command)
  if (nextCall(draft.run, command) === 'recorded') return
  const { costMicros, certainty, stopReason, output, contextTokens, durationMs, usage } = command
  draft.emit({
    type: 'ModelCallFinished',
    data: {
      ...tried({ ...claim, call: command.call, tryIndex: command.tryIndex }, command),
      costMicros,
      certainty,
      stopReason,
      output,
      contextTokens,
      durationMs,
      inputTokens: usage.input,
      cacheReadTokens: usage.cacheRead,
      cacheWriteTokens: usage.cacheWrite,
      outputTokens: usage.output,
      reasoningTokens: usage.reasoning,
    },
  })
}

export function failModelCall(draft: Draft, command: Of<'FailModelCall'>): void {
  const { call, tryIndex, costMicros, certainty, reason, error, retryInMs } = command
  const at = { ...held(draft.run, command), call, tryIndex }
  draft.emit({
    type: 'ModelCallFailed',
    data: { ...tried(at, command), costMicros, certainty, reason, error, retryInMs },
  })
}

const tried = (
  at: Claimed & { call: number; tryIndex: number },
  { model, provider, simulated }: { model: string; provider: string; simulated: boolean },
) => ({ ...at, model, provider, simulated })
