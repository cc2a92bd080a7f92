/** What a fork does differently from the run that it comes from. */
import type { Json } from './json.ts'
import type { Preference } from './routing.ts'

/** Words for one role: after those that it has, or in their place. */
export type PromptChange = { role: string; text: string; replaces: boolean }

/** What is absent stays as it was. */
export type ForkChanges = {
  title?: string
  /** Laid over the variables of the run, name by name. */
  variables?: { readonly [name: string]: Json }
  prompts?: readonly PromptChange[]
  preference?: Preference
  /** Model ids; no other is asked. */
  allowedModels?: readonly string[]
  /** null: what its project may spend. */
  budgetMicros?: number | null
  /** Tools that no role has any more. */
  withoutTools?: readonly string[]
}

/** What forks have changed about the agents of a run, all forks of its line together. */
export type Adjustments = {
  prompts: readonly PromptChange[]
  /** null: every model may be asked. */
  allowedModels: readonly string[] | null
  withoutTools: readonly string[]
}

/** Where a run that a task had begun stood, to go on from there; and when that was, in milliseconds since 1970. */
export type RunMoment = { runId: string; seq: number; at: number }
