/**
 * A workflow is a versioned template of a graph, as data. It is validated whole: every fault is listed, nothing is
 * half-accepted. Values of the run are reached by paths: `variables.repo`, `tasks.checkout.output.commit`, `item.name`.
 */
import { z } from 'zod'
import { approvalKinds, deadlineRules } from './approval.ts'
import type { Json } from './json.ts'

/** When a task's needs count as met: all of them succeeded, or all of them came to an end somehow. */
export const Trigger = z.enum(['all-succeeded', 'all-done'])
export type Trigger = z.infer<typeof Trigger>

export const RetryPolicy = z.object({
  /** Tries in all, the first included. */
  maxAttempts: z.number().int().min(1).max(20),
  backoffMs: z.number().int().min(0).max(3_600_000),
  factor: z.number().min(1).max(10),
  maxBackoffMs: z.number().int().min(0).max(86_400_000),
  /** Share of the backoff that is drawn at random: 0 none, 1 all of it. */
  jitter: z.number().min(0).max(1),
})
export type RetryPolicy = z.infer<typeof RetryPolicy>

const Path = z
  .string()
  .regex(
    /^(variables|tasks|item|needs)(\.[\w-]+)*$/,
    'is not a path such as variables.repo or tasks.checkout.output.commit',
  )

export type Condition =
  | { path: string; op: 'exists' | 'equals' | 'contains' | 'greater' | 'less'; value: Json }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }

const JsonValue = z.json().transform(value => value as Json)
export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({
      path: Path,
      op: z.enum(['exists', 'equals', 'contains', 'greater', 'less']),
      value: JsonValue.default(null),
    }),
    z.strictObject({ all: z.array(Condition).max(20) }),
    z.strictObject({ any: z.array(Condition).max(20) }),
    z.strictObject({ not: Condition }),
  ]),
)

/** A person is asked before the step begins; a refusal fails it. */
export const StepApproval = z.strictObject({
  title: z.string().min(1).max(200),
  body: z.string().max(4_000).default(''),
  kind: z.enum(approvalKinds).default('question'),
  timeoutMs: z
    .number()
    .int()
    .min(1_000)
    .max(30 * 86_400_000)
    .nullable()
    .default(null),
  onDeadline: z.enum(deadlineRules).default('deny'),
  quorum: z.number().int().min(1).max(20).default(1),
})
export type StepApproval = z.output<typeof StepApproval>

/**
 * While `when` holds after the step, `to` and all that follows from it is done again, at most `maxRounds` times. Then the
 * step fails, unless `otherwise` is `go-on`: it stands as it is, and the steps after it look at what it says.
 */
export const StepBack = z.strictObject({
  to: z.string().max(61),
  when: Condition,
  maxRounds: z.number().int().min(1).max(10).default(2),
  otherwise: z.enum(['fail', 'go-on']).default('fail'),
})
export type StepBack = z.output<typeof StepBack>

/** The step counts as done only where its newest artifact of the kind scores at least this. */
export const QualityGate = z.strictObject({ kind: z.string().max(100), minScore: z.number().min(0).max(1) })
export type QualityGate = z.output<typeof QualityGate>

const Key = z.string().regex(/^[a-z][a-z0-9-]{0,60}$/, 'is not a key such as check-types (lower case, digits, hyphens)')

const StepShape = z.strictObject({
  key: Key,
  title: z.string().min(1).max(200),
  /** The agent that does it. In a fan-out `{item}` and `{item.name}` stand for the element. Exactly one of agent and workflow. */
  agent: z.string().max(200).optional(),
  /** The workflow that it is a run of. */
  workflow: z.string().max(200).optional(),
  workerClass: z.string().max(60).default('sandbox'),
  needs: z.array(Key).max(200).default([]),
  trigger: Trigger.default('all-succeeded'),
  when: Condition.optional(),
  forEach: Path.optional(),
  /** Any JSON; `{"$ref": "tasks.checkout.output.commit"}` is replaced by what stands there when the task is claimed. */
  input: JsonValue.default({}),
  retry: RetryPolicy.partial().default({}),
  /** Five minutes unless told; a sub-workflow has its own time. */
  timeoutMs: z
    .number()
    .int()
    .min(1_000)
    .max(7 * 86_400_000)
    .optional(),
  priority: z.number().int().min(-100).max(100).default(0),
  optional: z.boolean().default(false),
  /** The elements of forEach are objects {key, needs, …} that wait for each other: a plan becomes a graph. */
  graph: z.boolean().default(false),
  approval: StepApproval.optional(),
  back: StepBack.optional(),
  gate: QualityGate.optional(),
  /** Capabilities that its agent must have. */
  requires: z.array(z.string().max(60)).max(20).default([]),
  /** Kinds of artifacts that must be there before it begins, and those that it must leave. */
  reads: z.array(z.string().max(60)).max(20).default([]),
  produces: z.array(z.string().max(60)).max(20).default([]),
  budgetShare: z.number().min(0).max(1).optional(),
})
export const Step = StepShape.transform(step => ({
  ...step,
  timeoutMs: step.timeoutMs ?? (step.workflow === undefined ? 300_000 : 7 * 86_400_000),
}))
export type Step = z.output<typeof Step>

export const Variable = z.strictObject({
  name: z.string().regex(/^[a-z][A-Za-z0-9]{0,60}$/, 'is not a name such as repo (a letter, then letters and digits)'),
  type: z.enum(['string', 'integer', 'number', 'boolean', 'string[]']),
  description: z.string().max(500),
  required: z.boolean().default(false),
  default: JsonValue.optional(),
  enum: z.array(z.string()).max(100).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  /** Of a string, blanks around it left out. */
  minLength: z.number().int().nonnegative().max(100_000).default(0),
  maxLength: z.number().int().positive().max(100_000).default(4_096),
})
export type Variable = z.output<typeof Variable>

export const Workflow = z.strictObject({
  name: Key,
  version: z.number().int().min(1),
  title: z.string().min(1).max(200),
  description: z.string().max(2_000),
  variables: z.array(Variable).max(50).default([]),
  maxParallel: z.number().int().min(1).max(1_000).default(8),
  timeoutMs: z
    .number()
    .int()
    .min(1_000)
    .max(7 * 86_400_000)
    .default(3_600_000),
  steps: z.array(Step).min(1).max(1_000),
})
export type Workflow = z.output<typeof Workflow>
/** A workflow as its author writes it, defaults left out. */
export type WorkflowInput = z.input<typeof Workflow>

export const defaultRetry: RetryPolicy = {
  maxAttempts: 1,
  backoffMs: 1_000,
  factor: 2,
  maxBackoffMs: 60_000,
  jitter: 0.5,
}
