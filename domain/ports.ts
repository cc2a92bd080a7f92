/**
 * The seams between the layers, as interfaces and nothing else. Each has a real implementation, a twin for tests where
 * that makes sense, and one contract test that both pass.
 */
import type { Answered, Question } from './approval.ts'
import type { ArtifactDraft } from './artifact.ts'
import type { Failure } from './errors.ts'
import type { Adjustments } from './fork.ts'
import type { Json } from './json.ts'
import type { ModelReply, ModelRequest, Usage } from './model.ts'
import type { RoutingNeeds } from './routing.ts'

// ── Sandbox ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What may be asked of a sandbox. Every number is a hard limit; what was applied is reported beside what was asked. */
export type SandboxLimits = {
  /** CPU share in cores, for example 1. */
  cpus: number
  memoryBytes: number
  pids: number
  /** Wall clock of one call, in milliseconds. */
  wallMs: number
  /** CPU time of one call, in seconds. */
  cpuSeconds: number
  /** Bytes of stdout and of stderr that are kept, each; the rest is counted and dropped. */
  outputBytes: number
  workspaceBytes: number
  workspaceInodes: number
}

/** A host directory or file that is visible inside, read-only. */
export type ReadOnlyMount = { hostPath: string; path: string }

export type WorkspaceRequest = {
  limits?: Partial<SandboxLimits>
  mounts?: readonly ReadOnlyMount[]
  /** Hosts (`host` or `host:port`) that may be reached through the egress proxy. Absent or empty: no network at all. */
  egress?: readonly string[]
  /** Names the task in cgroups and logs, for example `run_…-3`. */
  label: string
}

export type ExecRequest = {
  argv: readonly string[]
  /** Inside the workspace; `/work` unless told. */
  cwd?: string
  env?: Readonly<Record<string, string>>
  stdin?: Uint8Array | string
  limits?: Partial<Pick<SandboxLimits, 'wallMs' | 'cpuSeconds' | 'outputBytes' | 'memoryBytes' | 'pids'>>
  /** Called with each piece of output as it comes, before truncation is applied to what is kept. */
  onOutput?: (stream: 'stdout' | 'stderr', chunk: Uint8Array) => void
  signal?: AbortSignal
}

export type ExecResult = {
  /** null where the process was ended by a signal or by a limit. */
  exitCode: number | null
  /** Why it ended. */
  end: 'exit' | 'signal' | 'wall-time' | 'cpu-time' | 'memory' | 'cancelled'
  signal: string | null
  stdout: Uint8Array
  stderr: Uint8Array
  /** Bytes that were written, kept or not. */
  stdoutBytes: number
  stderrBytes: number
  durationMs: number
}

/** One canary or attempt, asked and seen. */
export type SandboxCheck = { name: string; ok: boolean; asked: string; seen: string; mend: string }

export type SandboxReport = {
  driver: string
  available: boolean
  checks: readonly SandboxCheck[]
  reason: string
  mend: string
}

/** A disposable place with a size, at `/work` inside. Everything that happens in it happens inside the sandbox. */
export interface Workspace {
  /** Limits as applied. */
  readonly applied: SandboxLimits
  exec(call: ExecRequest): Promise<ExecResult>
  /** Regular files only, through a sandboxed stream; refuses links and special files. Throws OrreryError NOT_FOUND, BAD_INPUT, LIMIT_EXCEEDED. */
  readFile(path: string, maxBytes?: number): Promise<Uint8Array>
  writeFile(path: string, bytes: Uint8Array | string): Promise<void>
  /** The directory as a tar stream made inside (regular files, directories and symlinks as such): the same bytes for the same tree. */
  pack(path: string, maxBytes: number): Promise<Uint8Array>
  /** Unpacks a tar into the directory, inside the sandbox. */
  unpack(path: string, tar: Uint8Array): Promise<void>
  /** Ends every process, removes the workspace, its cgroup and its mounts. Idempotent. */
  close(): Promise<void>
}

export interface Sandbox {
  readonly driver: string
  /** Runs the canaries once and remembers; `fresh` runs them again. Never throws. */
  check(fresh?: boolean): Promise<SandboxReport>
  /** Throws OrreryError SANDBOX_UNAVAILABLE where a canary is false. Never runs anything unsandboxed. */
  open(request: WorkspaceRequest): Promise<Workspace>
}

// ── What a task is given, and what it gives back ────────────────────────────────────────────────────────────────────

/** A recorded tool call: what the journal kept of it. Bodies are blobs. */
export type RecordedCall = {
  call: number
  tool: string
  output: Json
  outputHash: string | null
  treeHash: string | null
}

/** The bytes of artifacts and of large bodies, content-addressed (sha256, lower-case hex) within an organisation. */
export interface BlobStore {
  put(bytes: Uint8Array): Promise<{ hash: string; size: number }>
  /** Throws OrreryError NOT_FOUND. */
  get(hash: string): Promise<Uint8Array>
}

export type ArtifactRef = {
  artifactId: string
  kind: string
  title: string
  mediaType: string
  hash: string
  size: number
  taskIndex: number
}

/** A model call as an agent asks for it: which model makes it is the router's to say. */
export type ModelAsk = {
  /** For people: `plan`, `turn 3`, `judge 2` … */
  purpose: string
  request: Omit<ModelRequest, 'model'>
  needs: Omit<RoutingNeeds, 'contextTokens'>
  /** Money that was held for this call and others. */
  hold?: string
}

/** Calls that are meant to be made, of about this size each. */
export type PlannedCalls = { times: number; inputTokens: number; maxOutputTokens: number }

/** `neededMicros` is what it would have taken, `remainingMicros` what there is. */
export type Held = { hold: string } | { hold: null; neededMicros: number; remainingMicros: number }

export type ModelAnswer = {
  reply: ModelReply
  usage: Usage
  /** `provider/name`. */
  model: string
  costMicros: number
  simulated: boolean
  /** Tokens that the model can hold, for compaction in time. */
  contextTokens: number
}

/** Work for another agent, with what it needs to know. */
export type Handoff = {
  agent: string
  goal: string
  constraints: readonly string[]
  artifactIds: readonly string[]
  /** What it is given, and what was left out and why. */
  carried: Json
  dropped: readonly { what: string; why: string }[]
  /** Milliseconds in which it must be accepted. */
  timeoutMs: number
  /** Where its workspace begins; at the run's trunk unless told. */
  begin?: Trunk
}
export type HandoffOutcome =
  | { outcome: 'done'; taskIndex: number; output: Json }
  | { outcome: 'refused' | 'failed' | 'timed-out'; reason: string }

/** A word from one agent of a run to another, or to a role. */
export type AgentMessage = {
  id: string
  from: string
  /** The key of a task (`review`) or the name of an agent (`reviewer`). */
  to: string
  priority: number
  body: Json
}

/** The run's line of commits: what has been merged so far. `hash` is the blob of the packed repository, `.git` included. */
export type Trunk = { commit: string; hash: string; base: string }

/** A change that touches the same lines as what was merged since it began. */
export type MergeConflict = {
  /** The change, what it was to be merged onto, and where the two parted. */
  commit: string
  trunkCommit: string
  mergeBase: string
  /** How many files conflict, and the first of them. */
  files: number
  paths: readonly string[]
}

/** A task's view of the world. It knows no database and no queue. */
export interface TaskContext {
  readonly runId: string
  readonly taskIndex: number
  readonly attempt: number
  readonly epoch: number
  /** The step's input after its references were resolved. */
  readonly input: Json
  readonly variables: Json
  /** The element of the fan-out that this task is for; null otherwise. */
  readonly item: Json
  /** Ends with the lease, with cancellation and with the deadline. */
  readonly signal: AbortSignal
  readonly sandbox: Sandbox
  readonly blobs: BlobStore
  /** Artifacts of this run so far, in the order in which they were made. */
  artifacts(): Promise<readonly ArtifactRef[]>
  /** Live output for people, ephemeral and bounded. */
  output(text: string): void
  /**
   * Journals one call: a recorded one is returned without running, otherwise `run` is run and its result recorded
   * before this resolves. `call` numbers are dense from 0 within a task and stay the same over attempts of a lease.
   */
  journal(tool: string, summary: string, run: () => Promise<JournalResult>): Promise<RecordedCall>
  /**
   * One model call: routed, reserved, streamed to whoever watches, journaled, settled. A recorded one is returned without
   * a call. Waits, retries and falls back by itself. Throws OrreryError: UNAVAILABLE (nothing answered), BAD_INPUT (no
   * model suits, with what to set), LIMIT_EXCEEDED (longer than any model's context), DENIED (a person stopped the spending).
   */
  model(ask: ModelAsk): Promise<ModelAnswer>
  /**
   * Puts aside what calls of other tasks of this run may cost at most, all of it or nothing: they name it as their `hold`.
   * Absent where nobody counts money.
   */
  hold?(calls: readonly PlannedCalls[]): Promise<Held>
  /** Gives back what is left of a hold. Absent where nobody counts money. */
  letGo?(hold: string): Promise<void>
  /** Whether the run asked for simulated models. */
  readonly simulated: boolean
  /**
   * Asks a person. The task gives its worker back meanwhile: this throws Suspended, which an agent must let pass, and the
   * task is done again from its journal when there is an answer. An answered question is returned at once.
   */
  ask(question: Question): Promise<Answered>
  /** Hands work to another agent as a task of its own, and waits for it as `ask` does. */
  handOff(handoff: Handoff): Promise<HandoffOutcome>
  send(message: Omit<AgentMessage, 'id' | 'from'>): Promise<void>
  /** Messages to this task or its agent that nobody has handled; they count as handled by this task from now on. */
  receive(): Promise<readonly AgentMessage[]>
  /** What has been merged in this run; null before the first merge. */
  trunk(): Promise<Trunk | null>
  /** Moves the trunk, if it still stands at `expected`; false where another task was faster. */
  merge(expected: string | null, trunk: Trunk, change: { commit: string; files: number }): Promise<boolean>
  /** Keeps it as a fact of the run, once however often it is said; it is no call of the journal. */
  conflicted(conflict: MergeConflict): Promise<void>
  /** What the task that this one revises produced before, and what was found wrong with it; null in the first round. */
  readonly revision: { round: number; previous: Json; findings: Json } | null
  /** What a fork has changed about agents. Absent or null: nothing. */
  readonly adjustments?: Adjustments | null
}

/** Thrown through an agent when its task waits for somebody: no failure, and nothing is to be said about it. */
export class Suspended extends Error {
  override name = 'Suspended'
}

export type JournalResult = { output: Json; outputHash?: string; treeHash?: string; exitCode?: number | null }

export type TaskResult =
  | { ok: true; output: Json; artifacts: readonly ArtifactDraft[] }
  /** `blocked` ends the task as BLOCKED: its surroundings are at fault, and `failure.hint` says how to mend them. */
  | { ok: false; failure: Failure; blocked?: boolean; artifacts?: readonly ArtifactDraft[] }

/** An agent: data about it, and what it does. One file each under `agents/roles`. */
export interface Agent {
  /** `git.checkout`, `analyzer.lint` … */
  readonly name: string
  readonly title: string
  readonly description: string
  readonly capabilities: readonly string[]
  /** Which pool of workers runs it: `sandbox` work is heavy, `light` work is not. */
  readonly workerClass: 'sandbox' | 'light'
  readonly produces: readonly string[]
  /** Whether it cannot work without a model; absent: it can. */
  readonly needsModel?: boolean
  /** What it asks a person about, given its input as far as that is known before; null where nothing. Absent: nothing. */
  asks?(input: Json): string | null
  run(context: TaskContext): Promise<TaskResult>
}
