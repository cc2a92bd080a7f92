/** What was filled into the form of a fork, as what it changes; what was left as it was is not said. */
import type { Json } from '../../../domain/json.ts'
import type { Run } from '../../../domain/run/state.ts'
import { parseDollars } from '../../lib/format.ts'
import type { Told } from './foresee.ts'

export type Weights = { quality: number; cost: number; latency: number }
export type PromptFilled = { role: string; text: string; replaces: boolean }
export type ForkFilled = {
  title: string
  /** Texts of variables, by name: as they are written in the form. */
  variables: Readonly<Record<string, string>>
  prompts: readonly PromptFilled[]
  /** null: as it was. */
  preference: Weights | null
  /** Models that may be asked; none chosen: all of them. */
  models: readonly string[]
  /** Dollars, as typed. */
  budget: string
  withoutTools: readonly string[]
  reason: string
}

type Variables = { readonly [name: string]: Json }

/** A run's variables are an object, whatever is in it. */
export const variablesOf = (run: Run): Variables => run.variables as Variables

/** A text stands as it is, and what was left out is empty; all else is JSON. */
export const textOfValue = (value: Json): string =>
  typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)

/** What stands in the form at first: the run as it is. */
export const filledFrom = (run: Run): ForkFilled => ({
  title: run.title,
  variables: Object.fromEntries(Object.entries(variablesOf(run)).map(([name, value]) => [name, textOfValue(value)])),
  prompts: [],
  preference: null,
  models: [],
  budget: '',
  withoutTools: [],
  reason: '',
})

export type ForkChangesRead = {
  title?: string
  variables?: Variables
  prompts?: PromptFilled[]
  preference?: Weights
  allowedModels?: string[]
  budgetMicros?: number
  withoutTools?: string[]
}

export function readChanges(
  run: Run,
  filled: ForkFilled,
): { changes: ForkChangesRead; faults: Record<string, string> } {
  const faults: Record<string, string> = {}
  const variables: Record<string, Json> = {}
  for (const [name, before] of Object.entries(variablesOf(run))) {
    const text = filled.variables[name] ?? ''
    if (text === textOfValue(before)) continue
    const value = valueLike(text, before)
    if (value === undefined) faults[`variables.${name}`] = 'is not a value of its kind'
    else variables[name] = value
  }
  const { micros, fault } = parseDollars(filled.budget)
  if (fault !== null) faults.budget = fault
  const prompts = filled.prompts
    .filter(({ role, text }) => role !== '' && text.trim() !== '')
    .map(({ role, text, replaces }) => ({ role, text: text.trim(), replaces }))
  const title = filled.title.trim()
  return {
    faults,
    changes: {
      ...(title === '' || title === run.title ? {} : { title }),
      ...(Object.keys(variables).length === 0 ? {} : { variables }),
      ...(prompts.length === 0 ? {} : { prompts }),
      ...(filled.preference === null ? {} : { preference: filled.preference }),
      ...(filled.models.length === 0 ? {} : { allowedModels: [...filled.models] }),
      ...(micros === null ? {} : { budgetMicros: micros }),
      ...(filled.withoutTools.length === 0 ? {} : { withoutTools: [...filled.withoutTools] }),
    },
  }
}

/** Of the same kind as before; undefined where it is none. */
function valueLike(text: string, before: Json): Json | undefined {
  if (typeof before === 'string') return text
  try {
    const value = JSON.parse(text) as Json
    return before === null || (typeof value === typeof before && Array.isArray(value) === Array.isArray(before))
      ? value
      : undefined
  } catch {
    return before === null ? text : undefined
  }
}

export type Role = { name: string; title: string; tools: readonly string[] }

/** Whom the changes concern. A role that lacks a tool that it had is told otherwise too. */
export const toldBy = (
  { variables = {}, prompts = [], withoutTools = [] }: ForkChangesRead,
  roles: readonly Role[],
): Told => ({
  variables,
  agents: [
    ...prompts.map(({ role }) => role),
    ...roles.filter(({ tools }) => tools.some(tool => withoutTools.includes(tool))).map(({ name }) => name),
  ],
})
