/** A model agent as data: one file each under `agents/roles`. What runs it is the same for all. */
import type { ArtifactKind } from './artifact.ts'
import type { Abilities, CapabilityVector } from './model-config.ts'

/** What a tool can do to the world. Code, not the prompt, decides what a tainted context may still call. */
export const toolClasses = ['read', 'write', 'execute', 'network', 'secret', 'push'] as const
export type ToolClass = (typeof toolClasses)[number]

export const toolNames = [
  'list',
  'read',
  'search',
  'edit',
  'write',
  'shell',
  'run_tests',
  'git_status',
  'git_diff',
  'git_log',
  'git_commit',
  'fetch',
  'web_search',
  'ask_person',
  'hand_off',
  'send_message',
  'read_more',
  'submit',
] as const
export type ToolName = (typeof toolNames)[number]

export type Role = {
  /** `code-generator`; the agent is found under this name. */
  name: string
  version: number
  title: string
  description: string
  /** The system prompt, without the project's conventions and the task: these are added when it is run. */
  prompt: string
  /** `submit` is always there: it ends the loop. */
  tools: readonly ToolName[]
  /** Kinds of artifacts of this run that it is given, newest of each, before it begins. */
  reads: readonly ArtifactKind[]
  /** The kind that it submits. */
  produces: ArtifactKind
  /** Whether its changes to the tree are committed and merged. */
  writes: boolean
  capabilities: CapabilityVector
  abilities: Partial<Abilities>
  /** Model ids or provider names that it works best with. */
  preferred: readonly string[]
  thinking: 'off' | 'low' | 'medium' | 'high'
  limits: { maxTurns: number; maxToolCalls: number; maxOutputTokens: number }
  /** Whether it writes down a plan first and checks its work against it last; both are kept as an artifact. */
  reasoning: boolean
}
