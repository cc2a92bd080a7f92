/** What a run is. Plain JSON, so that it can be kept as a snapshot and read by a browser; state.ts makes it of events. */
import type { Failure } from '../errors.ts'
import type { Adjustments, ForkChanges, RunMoment } from '../fork.ts'
import type { Json } from '../json.ts'
import type { Trunk } from '../ports.ts'
import type { Condition, QualityGate, RetryPolicy, StepApproval, StepBack, Trigger } from '../workflow.ts'
import type { Approval } from './approvals.ts'

export type RunStatus = 'PENDING' | 'RUNNING' | 'PAUSED' | 'WAITING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED'
export type TaskStatus =
  | 'PLANNED'
  | 'READY'
  | 'CLAIMED'
  | 'WAITING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'SKIPPED'
  | 'BLOCKED'
  | 'CANCELLED'

export type Task = {
  index: number
  key: string
  title: string
  kind: 'work' | 'map' | 'run'
  uses: string
  workerClass: string
  needs: readonly number[]
  trigger: Trigger
  condition: Condition | null
  forEach: string | null
  input: Json
  retry: RetryPolicy
  timeoutMs: number
  priority: number
  optional: boolean
  /** The map that this task is an element of. */
  groupIndex: number | null
  item: Json
  graph: boolean
  approval: StepApproval | null
  back: StepBack | null
  gate: QualityGate | null
  budgetShare: number | null
  /** The handoff that it came from. */
  fromHandoffId: string | null
  status: TaskStatus
  /** The current or last try, from 1; 0 before the first. */
  attempt: number
  /** Claims so far. The fencing number of the current one while CLAIMED. */
  epoch: number
  worker: string | null
  /** Leases of this attempt that ran out: a task that kills its workers must end. */
  losses: number
  /** The attempt before its current round: what its retry policy counts from. */
  attemptBase: number
  /** Times that it was reset, by people or by a review. */
  resets: number
  /** Times that it was sent back, or sent something back. */
  round: number
  /** What it produced before it was sent back, and what sent it back. */
  previous: Json
  findings: Json
  /** Calls of its journal, to models and tools, that have a recorded result. */
  calls: number
  /** Spent on models in all attempts, in micro-dollars. */
  spentMicros: number
  /** What it waits for while WAITING: an approval, or the task that it handed work to. */
  waitingFor: { approvalId: string | null; taskIndex: number | null } | null
  /** Milliseconds since 1970. */
  readyAt: number | null
  startedAt: number | null
  endedAt: number | null
  /** When the current claim, or the wait for a retry, ends by itself. */
  dueAt: number | null
  output: Json
  error: Failure | null
  /** Why it was skipped, cancelled, released or reset. */
  reason: string | null
  childRunId: string | null
  /** In a fork: where the run stood that it had become, and from where it goes on. */
  childFrom: RunMoment | null
  /** In a fork: whether it goes on with the attempt that it had, from its journal, when it is ready again. */
  resumes: boolean
  /** The newest event about this task: what the next one was caused by. */
  lastSeq: number
}

export type Run = {
  id: string
  organisationId: string
  projectId: string
  /** The newest seq that is folded in. */
  head: number
  status: RunStatus
  workflow: string
  workflowVersion: number
  title: string
  variables: Json
  priority: number
  maxParallel: number
  dueAt: number | null
  parentRunId: string | null
  parentTaskIndex: number | null
  depth: number
  correlationId: string
  startedAt: number
  endedAt: number | null
  error: Failure | null
  /** Task i stands at index i. */
  tasks: readonly Task[]
  artifacts: readonly Artifact[]
  simulated: boolean
  manual: boolean
  budgetMicros: number | null
  preference: Json
  spentMicros: number
  /** Spent by the runs that it is a fork of, up to where it begins; counts nowhere. */
  inheritedMicros: number
  /** Which run it is a fork of, after which of its events, since when and with what changed; null where it is none. */
  forkedFrom: (RunMoment & { changes: ForkChanges; agents: readonly string[] }) | null
  /** What forks have changed about its agents; null where nothing is. */
  adjustments: Adjustments | null
  approvals: readonly Approval[]
  /** How many of them nobody has answered. */
  openApprovals: number
  /** Between agents, until they are handled. */
  messages: readonly Message[]
  handoffs: readonly HandoffState[]
  /** What has been merged so far. */
  trunk: Trunk | null
  /** Changes that could not be merged as they were: which task's, which commit, onto which. */
  conflicts: readonly { taskIndex: number; commit: string; trunkCommit: string }[]
}

export type Message = { id: string; sender: string; recipient: string; priority: number; message: Json; seq: number }

export type HandoffState = {
  id: string
  fromTaskIndex: number
  call: number
  attempt: number
  agent: string
  hops: number
  status: 'OFFERED' | 'ACCEPTED' | 'REFUSED' | 'TIMED_OUT'
  reason: string
}

export type Artifact = {
  id: string
  taskIndex: number
  attempt: number
  kind: string
  title: string
  mediaType: string
  size: number
  hash: string
  score: number | null
  scoreParts: Json
  simulated: boolean
  seq: number
}
