/** What is said between a person and the assistant of a project, and what the assistant can propose. It does nothing by itself. */
import { z } from 'zod'
import type { Failure } from './errors.ts'
import type { Json } from './json.ts'

const runId = z.string().regex(/^run_[0-9a-f]{32}$/, 'is not the id of a run, such as run_0199…')
const reason = z.string().max(1_000).default('')
const JsonObject = z.record(
  z.string(),
  z.json().transform(value => value as Json),
)

/** What a person can be asked to confirm. Ids are those that clients see. */
export const commandSchemas = {
  startRun: z.strictObject({
    workflow: z.string().max(100),
    title: z.string().max(200).default(''),
    variables: JsonObject.default({}),
  }),
  cancelRun: z.strictObject({ runId, reason }),
  pauseRun: z.strictObject({ runId, reason }),
  resumeRun: z.strictObject({ runId, reason }),
  retryTask: z.strictObject({ runId, taskIndex: z.number().int().nonnegative(), reason }),
  answerApproval: z.strictObject({
    approvalId: z.string().regex(/^apr_[0-9a-f]{32}$/, 'is not the id of an approval, such as apr_0199…'),
    answer: JsonObject,
  }),
} as const
export type CommandKind = keyof typeof commandSchemas
export const commandKinds = Object.keys(commandSchemas) as CommandKind[]
export type CommandInput<Kind extends CommandKind> = z.output<(typeof commandSchemas)[Kind]>
export type TypedCommand = { [Kind in CommandKind]: { kind: Kind; input: CommandInput<Kind> } }[CommandKind]

/** A command as it was proposed, and what became of it. */
export type ProposedCommand = TypedCommand & {
  /** Counts from 0 within its message. */
  index: number
  /** For people: what it would do. */
  summary: string
  state: 'proposed' | 'done' | 'refused'
  /** The run that it was about or that it started; null before it was confirmed. */
  runId: string | null
  error: Failure | null
}

/** An event that an answer rests on. */
export type EventLink = { runId: string; seq: number; type: string; title: string }

/** Text that a person gave along. */
export type SaidFile = { name: string; text: string }

export const messageStates = ['thinking', 'done', 'failed'] as const
export type MessageState = (typeof messageStates)[number]

export const estimateBases = ['past-runs', 'worst-case', 'no-model', 'unknown'] as const
/** What a run may cost, in micro-dollars; null where no price is known. */
export type CostEstimate = {
  lowMicros: number | null
  highMicros: number | null
  /** What it was made from, and from how many runs. */
  basis: (typeof estimateBases)[number]
  runs: number
}

/** What a sentence was understood as. */
export type ProposedRun = {
  workflow: string
  title: string
  /** Checked against the workflow; what is missing is left out. */
  variables: { readonly [name: string]: Json }
  /** What a person has to say before it can be started. */
  questions: readonly { variable: string; question: string }[]
  estimate: CostEstimate
  reason: string
  /** From 0 to 1. */
  confidence: number
  /** The model that made it; null: rules did. */
  model: string | null
}
