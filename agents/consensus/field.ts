/**
 * A step done several times, independently, of which the best is kept, as tasks of the run:
 *
 *   consensus.open ─▶ consensus.candidate × n ─▶ consensus.judge × m ─▶ consensus.choose
 *
 * Candidates work at the same time, each on a line of commits of its own. Tests come first: what breaks what passed before is
 * out. Then judges, who see the others without their authors and in both orders. Only the winner reaches the run's trunk.
 * Here is what they give one another.
 */
import { z } from 'zod'
import { artifactKindNames } from '../../domain/artifact.ts'
import { OrreryError } from '../../domain/errors.ts'
import { Vote } from '../../domain/evidence.ts'
import type { Json } from '../../domain/json.ts'
import type { TaskContext } from '../../domain/ports.ts'
import { CodeLine, CodeSource } from '../code/trunk.ts'
import { runnerNames } from '../tests/detect.ts'
import { faultsOf } from '../tools/faults.ts'

const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const Names = z.array(z.object({ name: z.string().max(20) }))

/** Where candidates begin, what they are for, and what failed before them. */
export const Field = z.object({
  role: z.string(),
  objective: z.string(),
  source: CodeSource,
  notes: z.json().optional(),
  avoid: z.array(z.string()),
  samples: z.number().int(),
  /** As the environment's doctor names them; none: nobody tests. */
  runners: z.array(z.enum(runnerNames)),
  timeoutSeconds: z.number().int().nullable(),
  begun: CodeLine,
  /** Money that is held for all of them; null where nobody counts it. */
  hold: z.string().nullable(),
  /** Tests that fail at the beginning. */
  known: z.array(z.string()),
  candidates: Names,
  judges: Names,
})
export type Field = z.output<typeof Field>

/** What a candidate made. Its artifacts become the run's where it wins. */
export const Made = z.object({
  name: z.string().max(20),
  taskIndex: z.number().int(),
  title: z.string(),
  models: z.array(z.string()),
  /** Where its line stands; null where it changed nothing. */
  line: CodeLine.nullable(),
  /** The unified diff as a blob, and how long it is. */
  diff: z.object({ hash: Hash, bytes: z.number().int() }).nullable(),
  tests: z.object({ passed: z.number().int(), failed: z.number().int() }).nullable(),
  /** Why it takes no part; null where it does. */
  lost: z.string().nullable(),
  output: z.json().transform(output => output as Json),
  artifacts: z.array(
    z.object({ kind: z.enum(artifactKindNames), title: z.string(), mediaType: z.string(), hash: Hash }),
  ),
})
export type Made = z.output<typeof Made>

export const CandidateInput = z.object({ field: Field, name: z.string().max(20) })
/** Elements of a fan-out: null for one whose task failed. */
export const JudgeInput = z.object({ field: Field, name: z.string().max(200), candidates: z.array(Made.nullable()) })
export const ChooseInput = z.object({
  field: Field,
  candidates: z.array(Made.nullable()),
  votes: z.array(Vote.nullable()),
})

/** The same context; its calls are paid from what is held for the field. */
export function paidFrom({ hold }: Field, context: TaskContext): TaskContext {
  return hold === null ? context : { ...context, model: ask => context.model({ ...ask, hold }) }
}

/** Throws OrreryError BAD_INPUT that names every fault. */
export function parseInput<T>(schema: z.ZodType<T>, input: Json): T {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw new OrreryError('BAD_INPUT', `the input does not fit: ${faultsOf(parsed.error).join('; ')}`)
}

export const isLeft = (made: Made | null): made is Made & { line: NonNullable<Made['line']> } =>
  made !== null && made.lost === null && made.line !== null
