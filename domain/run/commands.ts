/** Everything that can be asked of a run. Intents from people and programs, reports from workers, and what the engine notices. */
import type { Failure } from '../errors.ts'
import type { Json } from '../json.ts'
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
}

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
