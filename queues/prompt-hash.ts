/** What a model was told, as a number: a replay that would tell it something else is found out. */
import { createHash } from 'node:crypto'
import type { ModelAsk } from '../domain/ports.ts'

/** sha256 of all that the agent decides about a call. Which model makes it, and how long it may answer, are decided elsewhere. */
export function promptHash({ request, needs }: ModelAsk): string {
  const { system, messages, tools, toolChoice, thinking, temperature, outputSchema } = request
  const told = [system, messages, tools, toolChoice, thinking, temperature, outputSchema, needs]
  return createHash('sha256').update(canonical(told)).digest('hex')
}

/** JSON with sorted keys: the same value whichever order it was made in. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
