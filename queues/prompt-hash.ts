/** What a model was told, as a number: a replay that would tell it something else is found out, and knows in which part. */
import { createHash } from 'node:crypto'
import type { ModelAsk } from '../domain/ports.ts'

export const promptParts = ['system', 'messages', 'tools', 'options'] as const
export type PromptPart = (typeof promptParts)[number]

/** Hexadecimal digits for each part. 64 bits tell by accident apart what differs; nobody gains by making two alike. */
const digits = 16

/**
 * Of all that the agent decides about a call, 64 hexadecimal digits: the beginnings of the sha256 of each part, one after
 * the other. Which model makes the call, and how long it may answer, are decided elsewhere.
 */
export function promptHash({ request, needs }: ModelAsk): string {
  const { system, messages, tools, toolChoice, thinking, temperature, outputSchema } = request
  const told: Record<PromptPart, unknown> = {
    system,
    messages,
    tools,
    options: [toolChoice, thinking, temperature, outputSchema, needs],
  }
  return promptParts.map(part => hashOf(told[part])).join('')
}

/** The parts in which two prompts differ. */
export const differingParts = (expected: string, got: string): PromptPart[] =>
  promptParts.filter((_, index) => partAt(expected, index) !== partAt(got, index))

const partAt = (hash: string, index: number): string => hash.slice(index * digits, (index + 1) * digits)

const hashOf = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('hex').slice(0, digits)

/** JSON with sorted keys: the same value whichever order it was made in. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
