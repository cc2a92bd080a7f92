/**
 * The vocabulary of a run: everything that can happen in it, declared once. Types, storage, GraphQL objects and clients
 * are derived from this file. An event type is never edited, only succeeded: a change of shape raises its version in
 * `versions` and adds a step to `upcast.ts`.
 *
 * The same field name has the same type in every event, so that GraphQL fragments never conflict (a test holds it).
 */
import { z } from 'zod'
import { approvalKinds, deadlineRules } from '../approval.ts'
import { errorCodes } from '../errors.ts'
import type { Json } from '../json.ts'
import { stopReasons } from '../model.ts'
import { Condition, QualityGate, RetryPolicy, StepApproval, StepBack, Trigger } from '../workflow.ts'

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
/** One call of its journal, model calls and tool calls counted together. */
const call = { ...claim, call: Count }
/** One try at a model call; another one may follow, on the same model or on the next. */
const modelCall = { ...call, tryIndex: Count, model: Name, provider: Name, simulated: z.boolean() }
const Micros = Bytes
const tokens = {
  inputTokens: Count,
  cacheReadTokens: Count,
  cacheWriteTokens: Count,
  outputTokens: Count,
  reasoningTokens: Count,
}
/** What a call cost; `unknown` where its reply was lost and its reservation counts. */
const charge = { costMicros: Micros, certainty: z.enum(['known', 'unknown']) }

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
    /** Whether simulated models stand in for real ones; what they make is labelled. */
    simulated: z.boolean(),
    /** Whether every task waits for a person's “go”. */
    manual: z.boolean(),
    /** What it may spend, in micro-dollars; null: what its project may. */
    budgetMicros: Micros.nullable(),
    /** Weights of quality, cost and latency; null: the installation's. */
    preference: JsonValue,
    /** What the run that it is part of has changed about agents, being a fork; see fork.ts. null: nothing. */
    adjustments: JsonValue,
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
    /** Whether the elements of a map name each other as needs. */
    graph: z.boolean(),
    /** A person is asked before it begins. */
    approval: StepApproval.nullable().meta({ graphql: 'JSON' }),
    /** Sends earlier work back while a condition holds. */
    back: StepBack.nullable().meta({ graphql: 'JSON' }),
    /** What an artifact must score for the task to count as done. */
    gate: QualityGate.nullable().meta({ graphql: 'JSON' }),
    /** Share of what the run may spend. */
    budgetShare: z.number().min(0).max(1).nullable(),
    /** The handoff that it came from. */
    fromHandoffId: Uuid.nullable(),
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
    /** From 0 to 1; null for kinds that are not scored. */
    score: z.number().min(0).max(1).nullable(),
    /** What the score is made of. */
    scoreParts: JsonValue,
    /** Made by a simulated model. */
    simulated: z.boolean(),
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
  /** Which model makes the call, out of which, and with what probability. */
  ModelRouted: z.object({
    ...call,
    tryIndex: Count,
    model: Name,
    propensity: z.number().min(0).max(1),
    candidates: JsonValue,
    reason: Text,
  }),
  /** The model before could not be had, and the next one is asked. */
  ModelFellBack: z.object({ ...call, tryIndex: Count, fromModel: Name, model: Name, reason: Text }),
  ModelCallStarted: z.object({
    ...modelCall,
    purpose: Text,
    /** Hashes of everything that the model is told, part by part: a replay compares them. */
    promptHash: Hash,
    reservedMicros: Micros,
    maxOutputTokens: Count,
  }),
  ModelCallFinished: z.object({
    ...modelCall,
    ...tokens,
    ...charge,
    stopReason: z.enum(stopReasons),
    /** The content of the reply. */
    output: JsonValue,
    contextTokens: Count,
    durationMs: Milliseconds,
  }),
  ModelCallFailed: z.object({
    ...modelCall,
    ...charge,
    reason: Text,
    error: FailureSchema,
    /** Milliseconds until the next try; null where there is none on this model. */
    retryInMs: Milliseconds.nullable(),
  }),
  /** The task gave its worker back and waits: for an approval, or for a task that it handed work to. */
  TaskSuspended: z.object({
    ...call,
    forApprovalId: Uuid.nullable(),
    forTaskIndex: Count.nullable(),
    dueAt: Instant.nullable(),
  }),
  ApprovalRequested: z.object({
    ...attempt,
    approvalId: Uuid,
    approvalKind: z.enum(approvalKinds),
    title: Name,
    body: Text,
    fields: JsonValue,
    facts: JsonValue,
    dueAt: Instant.nullable(),
    onDeadline: z.enum(deadlineRules),
    quorum: Count,
    /** Asked before the task begins, by its step or by manual mode; not by its agent. */
    before: z.boolean(),
  }),
  /** One voice of several that it takes. */
  ApprovalVoted: z.object({ approvalId: Uuid, answer: JsonValue }),
  ApprovalAnswered: z.object({ approvalId: Uuid, answer: JsonValue }),
  /** Nobody answered in time; others are asked. */
  ApprovalEscalated: z.object({ approvalId: Uuid, dueAt: Instant.nullable() }),
  /** Nobody answered in time: it counts as denied. */
  ApprovalExpired: z.object({ approvalId: Uuid, reason: Text }),
  /** Nobody waits for the answer any more. */
  ApprovalWithdrawn: z.object({ approvalId: Uuid, reason: Text }),
  HandoffOffered: z.object({
    ...call,
    handoffId: Uuid,
    agent: Name,
    goal: Text,
    /** Constraints, artifacts, what is carried, and what was dropped and why. */
    packet: JsonValue,
    hops: Count,
    dueAt: Instant.nullable(),
  }),
  HandoffAccepted: z.object({ ...claim, handoffId: Uuid }),
  HandoffRefused: z.object({ ...task, handoffId: Uuid, reason: Text }),
  HandoffTimedOut: z.object({ ...task, handoffId: Uuid, reason: Text }),
  MessageSent: z.object({
    ...call,
    messageId: Uuid,
    sender: Name,
    recipient: Name,
    priority: z.number().int(),
    message: JsonValue,
  }),
  MessageHandled: z.object({ ...claim, messageId: Uuid }),
  /** A review sent work back: what it is about, and everything after it, is done again. */
  TaskSentBack: z.object({ ...task, toTaskIndex: Count, round: Count, reason: Text }),
  /** A change became part of what the run has made so far. */
  ChangeMerged: z.object({
    ...claim,
    commit: Name,
    trunkCommit: Name,
    trunkHash: Hash,
    baseCommit: Name,
    files: Count,
  }),
  /** A change touches the same lines as what was merged since it began: as it is, it cannot be merged. */
  MergeConflicted: z.object({
    ...claim,
    /** The change, what it was to be merged onto, and where the two parted. */
    commit: Name,
    trunkCommit: Name,
    mergeBase: Name,
    /** How many files conflict, and the first of them. */
    files: Count,
    paths: z.array(Text).max(50),
  }),
  RunPaused: z.object({ reason: Text }),
  RunResumed: z.object({ reason: Text }),
  RunReset: z.object({ reason: Text }),
  /** An ended run goes on, with a new deadline. */
  RunReopened: z.object({ reason: Text, dueAt: Instant.nullable() }),
  /**
   * The events up to `atSeq` are those of another run; from here on this is a run of its own. Claims, timers and open
   * questions of that time are void, what had begun goes on, and nothing of what was spent counts.
   */
  RunForked: z.object({
    fromRunId: Uuid,
    atSeq: Count,
    /** Itself: in a fork of this fork, too, it tells which run this event was decided in. */
    forkRunId: Uuid,
    /** What is done differently; see fork.ts. */
    changes: JsonValue,
    reason: Text,
    /** Agents that are told something else, or have other tools. */
    agents: z.array(Name),
    /** Tasks that had begun, and begin anew because what they were told has changed. */
    restarted: z.array(Count),
    /** Runs that tasks had begun, and the moments from which they go on. */
    children: z.array(z.object({ taskIndex: Count, runId: Uuid, seq: Count, at: Instant })).meta({ graphql: 'JSON' }),
    /** Calls that count of journals whose end does not: a person's yes is not inherited. */
    journals: z.array(z.object({ taskIndex: Count, calls: Count })).meta({ graphql: 'JSON' }),
    dueAt: Instant.nullable(),
    parentRunId: Uuid.nullable(),
    parentTaskIndex: Count.nullable(),
    depth: Count,
  }),
  RunSucceeded: z.object({}),
  RunFailed: z.object({ error: FailureSchema }),
  RunCancelled: z.object({ reason: Text }),
} as const

export type EventType = keyof typeof eventSchemas
export const eventTypes = Object.keys(eventSchemas) as EventType[]

/** Today's version of each event type; 1 unless told. Older ones are brought here by `upcast.ts`. */
export const versions: Partial<Record<EventType, number>> = {
  RunStarted: 3,
  TaskPlanned: 3,
  ArtifactCreated: 2,
  TaskFailed: 2,
}
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
