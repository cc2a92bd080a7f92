/**
 * The vocabulary of a run: everything that can happen in it, declared once. Types, storage, GraphQL objects and clients
 * are derived from this file. An event type is never edited, only succeeded: a change of shape raises its version in
 * `versions` and adds a step to `upcast.ts`.
 *
 * The same field name has the same type in every event, so that GraphQL fragments never conflict (a test holds it).
 */
import { z } from 'zod'
import { errorCodes } from '../errors.ts'
import type { Json } from '../json.ts'
import { Condition, RetryPolicy, Trigger } from '../workflow.ts'

/** Milliseconds since 1970, UTC. GraphQL shows it as DateTime. */
const Instant = z.number().int().nonnegative().meta({ graphql: 'DateTime' })
const Bytes = z.number().int().nonnegative().meta({ graphql: 'BigInt' })
const Milliseconds = z.number().int().nonnegative()
const Count = z.number().int().nonnegative()
const Text = z.string().max(4_000)
const Name = z.string().min(1).max(200)
const Uuid = z.uuid()
const Hash = z.string().regex(/^[0-9a-f]{64}$/, 'is not a sha256')
const JsonValue = z
  .json()
  .transform(value => value as Json)
  .meta({ graphql: 'JSON' })

export const FailureSchema = z
  .object({ code: z.enum(errorCodes), message: Text, hint: Text, retryable: z.boolean() })
  .meta({ graphql: 'Failure' })

/** The task that an event is about: its index in the run, 0 … n-1. */
const task = { taskIndex: Count }
/** One try at it. */
const attempt = { ...task, attempt: Count }
/** The right under which it was tried. */
const claim = { ...attempt, epoch: Count }

export const eventSchemas = {
  RunStarted: z.object({
    organisationId: Uuid,
    projectId: Uuid,
    workflow: Name,
    workflowVersion: Count,
    title: Text,
    variables: JsonValue,
    priority: z.number().int(),
    /** Tasks of this run that may be claimed at once. */
    maxParallel: Count,
    /** When the run as a whole times out. */
    dueAt: Instant.nullable(),
    parentRunId: Uuid.nullable(),
    parentTaskIndex: Count.nullable(),
    /** 0 for a run that a person started, 1 for its sub-runs … */
    depth: Count,
  }),
  TaskPlanned: z.object({
    ...task,
    key: Name,
    title: Text,
    /** work: an agent does it · map: fans out over a list · run: is a run of its own. */
    kind: z.enum(['work', 'map', 'run']),
    /** Name of the agent for work and map, of the workflow for run. */
    uses: Name,
    workerClass: Name,
    needs: z.array(Count),
    trigger: Trigger,
    condition: Condition.nullable().meta({ graphql: 'JSON' }),
    /** Where the list of a map stands, for example `tasks.environment.output.analyzers`. */
    forEach: z.string().nullable(),
    input: JsonValue,
    retry: RetryPolicy.meta({ graphql: 'JSON' }),
    timeoutMs: Milliseconds,
    priority: z.number().int(),
    /** An optional task may fail without failing the run. */
    optional: z.boolean(),
    /** The map that this task is an element of, and its element. */
    groupIndex: Count.nullable(),
    item: JsonValue,
  }),
  TaskReady: z.object(attempt),
  TaskClaimed: z.object({ ...claim, worker: Name, dueAt: Instant.nullable() }),
  ToolCallStarted: z.object({ ...claim, call: Count, tool: Name, summary: Text }),
  ToolCallFinished: z.object({
    ...claim,
    call: Count,
    tool: Name,
    output: JsonValue,
    exitCode: z.number().int().nullable(),
    durationMs: Milliseconds,
    outputHash: Hash.nullable(),
    /** The workspace after the call, where it wrote or executed. */
    treeHash: Hash.nullable(),
  }),
  ArtifactCreated: z.object({
    ...attempt,
    artifactId: Uuid,
    kind: Name,
    title: Text,
    mediaType: Name,
    size: Bytes,
    hash: Hash,
  }),
  TaskSucceeded: z.object({ ...claim, output: JsonValue }),
  TaskAttemptFailed: z.object({ ...claim, error: FailureSchema }),
  RetryScheduled: z.object({ ...attempt, dueAt: Instant.nullable() }),
  TaskFailed: z.object({ ...claim, error: FailureSchema }),
  TaskBlocked: z.object({ ...claim, error: FailureSchema }),
  TaskSkipped: z.object({ ...task, reason: Text }),
  TaskCancelled: z.object({ ...task, reason: Text }),
  /** A worker gave the task back, unharmed: it drains, or an operator reset the run. */
  TaskReleased: z.object({ ...claim, reason: Text }),
  /** Nobody renewed the lease of this epoch in time. */
  LeaseExpired: z.object({ ...claim, worker: Name }),
  /** A map found its list; its elements follow as TaskPlanned. */
  TaskExpanded: z.object({ ...task, count: Count }),
  /** A task of kind run was handed to a run of its own. */
  ChildRunStarted: z.object({ ...claim, childRunId: Uuid }),
  /** The task will be done again, from its beginning. A map that stays `expanded` keeps its elements and waits for them. */
  TaskReset: z.object({ ...task, expanded: z.boolean(), reason: Text }),
  RunPaused: z.object({ reason: Text }),
  RunResumed: z.object({ reason: Text }),
  RunReset: z.object({ reason: Text }),
  /** An ended run goes on, with a new deadline. */
  RunReopened: z.object({ reason: Text, dueAt: Instant.nullable() }),
  RunSucceeded: z.object({}),
  RunFailed: z.object({ error: FailureSchema }),
  RunCancelled: z.object({ reason: Text }),
} as const

export type EventType = keyof typeof eventSchemas
export const eventTypes = Object.keys(eventSchemas) as EventType[]

/** Today's version of each event type; 1 unless told. Older ones are brought here by `upcast.ts`. */
export const versions: Partial<Record<EventType, number>> = { TaskPlanned: 2, TaskFailed: 2 }
export const versionOf = (type: EventType): number => versions[type] ?? 1

export type EventData<T extends EventType> = z.output<(typeof eventSchemas)[T]>
/** What happened, without the envelope. */
export type RunEvent = { [T in EventType]: { type: T; data: EventData<T> } }[EventType]

/** Who caused it. A person acts through a session, a program through a key, an agent through its worker; the engine is the rest. */
export const Actor = z.object({ kind: z.enum(['person', 'key', 'agent', 'engine']), id: Name, name: Text })
export type Actor = z.infer<typeof Actor>

export type Envelope = {
  runId: string
  /** 1, 2, 3 … without gaps. */
  seq: number
  /** Milliseconds since 1970, UTC. */
  at: number
  actor: Actor
  /** Follows a request through everything that it caused. */
  correlationId: string
  /** The event of this run that led to this one; null for what came from outside. */
  causationSeq: number | null
}
/** An event as it is stored, sent and folded. */
export type RecordedEvent = RunEvent & Envelope

/** Bytes of JSON that an event's data may have; larger bodies are blobs that the event cites. */
export const maxEventBytes = 16 * 1024
