/** Everything that can be asked of a run. Intents from people and programs, reports from workers, and what the engine notices. */
import type { Question } from '../approval.ts'
import type { Failure } from '../errors.ts'
import type { Adjustments, ForkChanges, RunMoment } from '../fork.ts'
import type { Json } from '../json.ts'
import type { StopReason, Usage } from '../model.ts'
import type { MergeConflict } from '../ports.ts'
import type { Preference } from '../routing.ts'
import type { Workflow } from '../workflow.ts'
import type { Actor } from './events.ts'
import type { RunStatus } from './state.ts'

/** A result of a task whose body is already stored. */
export type StoredArtifact = {
  artifactId: string
  kind: string
  title: string
  mediaType: string
  size: number
  hash: string
  /** Absent where the kind is not scored. */
  score?: number
  scoreParts?: Json
  /** Absent: no. */
  simulated?: boolean
}

/** A claim's own call, numbered over model calls and tool calls together. */
type Call = { taskIndex: number; epoch: number; call: number }
/** One try at a model call. */
type ModelCall = Call & { tryIndex: number; model: string; provider: string; simulated: boolean }
type Charge = { costMicros: number; certainty: 'known' | 'unknown' }

export type Command =
  | {
      type: 'StartRun'
      organisationId: string
      projectId: string
      workflow: Workflow
      title: string
      variables: Json
      priority: number
      /** null: the workflow's own. */
      maxParallel: number | null
      timeoutMs: number | null
      parent: { runId: string; taskIndex: number; depth: number } | null
      /** How it is to be done where that is not the ordinary way; see RunStarted. */
      simulated?: boolean
      manual?: boolean
      budgetMicros?: number
      preference?: Preference
      adjustments?: Adjustments
    }
  // A worker's, fenced by the epoch of its claim.
  | { type: 'ClaimTask'; taskIndex: number; epoch: number; worker: string }
  | { type: 'StartToolCall'; taskIndex: number; epoch: number; call: number; tool: string; summary: string }
  | {
      type: 'FinishToolCall'
      taskIndex: number
      epoch: number
      call: number
      tool: string
      output: Json
      exitCode: number | null
      durationMs: number
      outputHash: string | null
      treeHash: string | null
    }
  | { type: 'FinishTask'; taskIndex: number; epoch: number; output: Json; artifacts: readonly StoredArtifact[] }
  | {
      type: 'FailTask'
      taskIndex: number
      epoch: number
      failure: Failure
      blocked: boolean
      artifacts: readonly StoredArtifact[]
    }
  | ({
      type: 'StartModelCall'
      purpose: string
      promptHash: string
      reservedMicros: number
      maxOutputTokens: number
      /** null where the model was tried before and is tried again. */
      routed: { propensity: number; candidates: Json; reason: string } | null
      fellBack: { fromModel: string; reason: string } | null
    } & ModelCall)
  | ({
      type: 'FinishModelCall'
      usage: Usage
      stopReason: StopReason
      output: Json
      contextTokens: number
      durationMs: number
    } & ModelCall &
      Charge)
  | ({ type: 'FailModelCall'; reason: string; error: Failure; retryInMs: number | null } & ModelCall & Charge)
  | ({ type: 'RequestApproval'; approvalId: string; question: Question } & Call)
  | ({
      type: 'OfferHandoff'
      handoffId: string
      agent: string
      /** Whether this installation has the agent. */
      known: boolean
      workerClass: string
      title: string
      goal: string
      packet: Json
      input: Json
      timeoutMs: number
    } & Call)
  | ({
      type: 'SendMessage'
      messageId: string
      sender: string
      recipient: string
      priority: number
      message: Json
    } & Call)
  /** Handles them and records them as the call's result. */
  | ({ type: 'ReceiveMessages'; messageIds: readonly string[] } & Call)
  /** Moves the trunk from `expected`; CONFLICT where another change was faster. */
  | {
      type: 'MergeChange'
      taskIndex: number
      epoch: number
      expected: string | null
      commit: string
      trunkCommit: string
      trunkHash: string
      baseCommit: string
      files: number
    }
  /** A change cannot be merged as it is; said again, it is kept once. */
  | ({ type: 'ReportConflict'; taskIndex: number; epoch: number } & MergeConflict)
  | { type: 'ReleaseTask'; taskIndex: number; epoch: number; reason: string }
  // The engine's.
  | { type: 'ExpireLease'; taskIndex: number; epoch: number }
  | { type: 'FireTimer'; timer: string }
  | { type: 'StartChild'; taskIndex: number; epoch: number; childRunId: string }
  | { type: 'FinishChild'; taskIndex: number; childRunId: string; status: RunStatus; failure: Failure | null }
  // People's.
  | { type: 'PauseRun'; reason: string }
  | { type: 'ResumeRun'; reason: string }
  | { type: 'CancelRun'; reason: string }
  | { type: 'RetryTask'; taskIndex: number; reason: string }
  | { type: 'ResetRun'; reason: string }
  /** Said once, to the state that the inherited events lead to: the first command of a fork. */
  | {
      type: 'ForkRun'
      forkRunId: string
      fromRunId: string
      atSeq: number
      changes: ForkChanges
      reason: string
      /** Agents that are told something else, or have other tools: what they were at begins anew. */
      agents: readonly string[]
      children: readonly ({ taskIndex: number } & RunMoment)[]
      journals: readonly { taskIndex: number; calls: number }[]
      /** null: a run for itself, also where it comes from a sub-run. */
      parent: { runId: string; taskIndex: number; depth: number } | null
    }
  | { type: 'AnswerApproval'; approvalId: string; answer: Json }

export type CommandType = Command['type']

/** What comes from outside a decision, so that deciding stays pure. */
export type CommandMeta = {
  commandId: string
  actor: Actor
  /** Milliseconds since 1970. */
  now: number
  /** 0 ≤ seed < 2³²; every draw of the decision comes from it. */
  seed: number
  /** null: the run's own. */
  correlationId: string | null
}

/** The longest list that a map expands to. */
export const maxFanOut = 1_000
/** Leases of one attempt that may run out before the task is given up. */
export const maxLosses = 5
/** Runs that may be nested in one another. */
export const maxDepth = 5
/** Handoffs that may follow from one another. */
export const maxHops = 4
/** Messages of a run that are kept for whoever they are to. */
export const maxMessages = 1_000
