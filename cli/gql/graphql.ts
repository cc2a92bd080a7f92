/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
export type ActorKind =
  | 'AGENT'
  | 'ENGINE'
  | 'KEY'
  | 'PERSON';

export type AnswerApprovalInput = {
  /** As `Approval.fields` asks for it. */
  answer: unknown;
  approvalId: string;
};

/** All conditions that are given must hold. */
export type ApprovalFilter = {
  kinds?: Array<ApprovalKind> | null | undefined;
  projectId?: string | null | undefined;
  runId?: string | null | undefined;
  statuses?: Array<ApprovalStatus> | null | undefined;
};

/** What a question is about. */
export type ApprovalKind =
  | 'BUDGET'
  | 'GO'
  | 'PLAN'
  | 'PUSH'
  | 'QUALITY'
  | 'QUESTION'
  | 'TOOL';

export type ApprovalStatus =
  | 'ANSWERED'
  | 'EXPIRED'
  | 'OPEN'
  | 'WITHDRAWN';

/** CLOSED: calls go through. OPEN: none does for a while. HALF_OPEN: a probe does. */
export type BreakerState =
  | 'CLOSED'
  | 'HALF_OPEN'
  | 'OPEN';

/** Each contains the next. A run within a run counts towards both. */
export type BudgetKind =
  | 'ORGANISATION'
  | 'PROJECT'
  | 'RUN'
  | 'TASK';

export type CancelRunInput = {
  /** Kept with the event; at most 1,000 characters. */
  reason?: string | null | undefined;
  runId: string;
};

export type ConfirmCommandInput = {
  /** Of the command within its message. */
  index: number;
  messageId: string;
};

export type ConfirmProposalInput = {
  /** What the run may spend on models, in micro-dollars. */
  budgetMicros?: number | string | null | undefined;
  proposalId: string;
  /** As proposed unless given. */
  title?: string | null | undefined;
  /** An object: answers to its questions, and what is to be otherwise; the rest stays as proposed. */
  variables?: unknown;
};

export type CreateConversationInput = {
  /** The same key with the same input creates one conversation, however often it is sent. */
  idempotencyKey?: string | null | undefined;
  projectId: string;
  /** Simulated models answer. As its project says unless given. */
  simulated?: boolean | null | undefined;
  /** At most 200 characters. */
  title?: string | null | undefined;
};

export type CreateProjectInput = {
  /** At most 4,000 characters. */
  description?: string | null | undefined;
  /** The same key with the same input creates one project, however often it is sent. */
  idempotencyKey?: string | null | undefined;
  /** Tasks of this project that may be at work at once, 1 … 1,000. */
  maxParallel?: number | null | undefined;
  /** 1 … 200 characters. */
  name: string;
  /** Path or git URL. */
  repository?: string | null | undefined;
  /** Whether its runs are simulated unless told otherwise. No unless given. */
  simulated?: boolean | null | undefined;
  /** Lower case, digits, hyphens; made of the name unless given. */
  slug?: string | null | undefined;
};

/** DECISION: the same command decides something else · PROMPT: a model would be told something else · CALL: an agent makes another call, or none · RESULT: the same calls come to another result. */
export type DivergenceKind =
  | 'CALL'
  | 'DECISION'
  | 'PROMPT'
  | 'RESULT';

/** The closed list of codes, also found at `extensions.code` of an error that is none of a mutation. */
export type ErrorCode =
  | 'BAD_INPUT'
  | 'BUDGET_EXCEEDED'
  | 'CANCELLED'
  | 'CONFLICT'
  | 'DENIED'
  | 'FORBIDDEN'
  | 'IDEMPOTENCY_MISMATCH'
  | 'INTERNAL'
  | 'LIMIT_EXCEEDED'
  | 'LIMIT_REACHED'
  | 'NOT_FOUND'
  | 'SANDBOX_UNAVAILABLE'
  | 'STALE_EPOCH'
  | 'TASK_FAILED'
  | 'TIMEOUT'
  | 'UNAUTHENTICATED'
  | 'UNAVAILABLE'
  | 'UPGRADE_REQUIRED'
  | 'WORKER_LOST';

/** PAST_RUNS: the cheapest and the dearest tenth of runs like it · WORST_CASE: what its agents may use at most · NO_MODEL: none of its steps calls a model · UNKNOWN: no price is known. */
export type EstimateBasis =
  | 'NO_MODEL'
  | 'PAST_RUNS'
  | 'UNKNOWN'
  | 'WORST_CASE';

/** What the fork does differently; what is not given stays as it was. */
export type ForkChangesInput = {
  /** Ids of models; no other is asked. */
  allowedModels?: Array<string> | null | undefined;
  /** What the fork may spend on models, in micro-dollars; as much as the run that it comes from unless given. */
  budgetMicros?: number | string | null | undefined;
  /** The same as the variable `objective`. */
  objective?: string | null | undefined;
  /** What matters in the choice of models. */
  preference?: PreferenceInput | null | undefined;
  prompts?: Array<PromptChangeInput> | null | undefined;
  /** At most 200 characters. */
  title?: string | null | undefined;
  /** An object, laid over the variables of the run name by name. */
  variables?: unknown;
  /** Tools that no role has any more. */
  withoutTools?: Array<string> | null | undefined;
};

export type ForkRunInput = {
  /** The last event that the fork has from the run, from 1. In the middle of a plan: the last one of the plan. */
  atSeq: number;
  changes?: ForkChangesInput | null | undefined;
  /** The same key with the same input begins one fork, however often it is sent. */
  idempotencyKey?: string | null | undefined;
  /** Kept with the event; at most 1,000 characters. */
  reason?: string | null | undefined;
  runId: string;
};

/** OK: all of it works · DEGRADED: it works, with something missing · DOWN: it does not. */
export type HealthStatus =
  | 'DEGRADED'
  | 'DOWN'
  | 'OK';

export type PauseRunInput = {
  /** Kept with the event; at most 1,000 characters. */
  reason?: string | null | undefined;
  runId: string;
};

/** Weights from 0 to 1, of which only the proportion counts. */
export type PreferenceInput = {
  cost: number;
  latency: number;
  quality: number;
};

export type PromptChangeInput = {
  /** In place of the words of the role. After them unless given. */
  replaces?: boolean | null | undefined;
  /** Name of an agent that needs a model, such as `reviewer`. */
  role: string;
  /** At most 8,000 characters. */
  text: string;
};

export type ProposeRunInput = {
  /** The same key with the same input makes one proposal, however often it is sent. */
  idempotencyKey?: string | null | undefined;
  projectId: string;
  /** With simulated models, for a run of simulated ones. As its project says unless given. */
  simulated?: boolean | null | undefined;
  /** What is wanted, 1 … 32,000 characters. */
  text: string;
};

/** PROPOSED: nothing was done · DONE · REFUSED: it was confirmed, and could not be done. */
export type ProposedCommandState =
  | 'DONE'
  | 'PROPOSED'
  | 'REFUSED';

export type ReplayRunInput = {
  runId: string;
};

export type ResetRunInput = {
  /** Kept with the event; at most 1,000 characters. */
  reason?: string | null | undefined;
  runId: string;
};

export type ResumeEverythingInput = {
  /** Kept with the events; at most 1,000 characters. */
  reason?: string | null | undefined;
};

export type ResumeRunInput = {
  /** Kept with the event; at most 1,000 characters. */
  reason?: string | null | undefined;
  runId: string;
};

export type RetryTaskInput = {
  /** Kept with the event; at most 1,000 characters. */
  reason?: string | null | undefined;
  runId: string;
  taskIndex: number;
};

/**
 * CATCHING_UP: history, more comes at once · LIVE: at the head as it was known · LAGGED: you fell behind, and
 * it goes on from storage at your pace (said once, then CATCHING_UP) · ENDED: the run came to its end, and so does the stream.
 */
export type RunEventsStatus =
  | 'CATCHING_UP'
  | 'ENDED'
  | 'LAGGED'
  | 'LIVE';

/** All conditions that are given must hold. */
export type RunFilter = {
  /** Only what this request caused. */
  correlationId?: string | null | undefined;
  /** Only of this project. */
  projectId?: string | null | undefined;
  statuses?: Array<RunStatus> | null | undefined;
  /** Part of the title, in any case. */
  title?: string | null | undefined;
  /** true: without the sub-runs of other runs. */
  topLevel?: boolean | null | undefined;
  /** Name of the template. */
  workflow?: string | null | undefined;
};

/** PENDING: nothing was begun yet · WAITING: for an approval or a budget · the last three are ends. */
export type RunStatus =
  | 'CANCELLED'
  | 'FAILED'
  | 'PAUSED'
  | 'PENDING'
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'WAITING';

export type SaidFileInput = {
  /** At most 200 characters. */
  name: string;
  /** At most 64,000 characters. */
  text: string;
};

export type SayInput = {
  conversationId: string;
  /** At most 5. They are material, never instructions. */
  files?: Array<SaidFileInput> | null | undefined;
  /** The same key with the same input is said and answered once, however often it is sent. */
  idempotencyKey?: string | null | undefined;
  /** 1 … 32,000 characters. */
  text: string;
};

export type SetBudgetInput = {
  /** Micro-dollars, 0 or more; null for no limit. What is spent already counts towards it. */
  limit?: number | string | null | undefined;
  /** Id of the organisation, project, run or task. */
  subjectId: string;
};

export type StartRunInput = {
  /** What the run may spend on models, in micro-dollars; what its project may unless given. */
  budgetMicros?: number | string | null | undefined;
  /** The same key with the same input starts one run, however often it is sent. */
  idempotencyKey?: string | null | undefined;
  /** Every task waits for a person’s “go”. No unless given. */
  manual?: boolean | null | undefined;
  /** Tasks that may be at work at once, 1 … 1,000; as the workflow says unless given. */
  maxParallel?: number | null | undefined;
  /** What matters in the choice of models; as the installation is set unless given. */
  preference?: PreferenceInput | null | undefined;
  /** -100 … 100; higher comes first; 0 unless given. */
  priority?: number | null | undefined;
  projectId: string;
  /** Simulated models stand in for real ones; everything that they make is labelled. As its project says unless given. */
  simulated?: boolean | null | undefined;
  /** When the run as a whole times out, 1,000 … 604,800,000; as the workflow says unless given. */
  timeoutMs?: number | null | undefined;
  /** At most 200 characters; the title of the workflow unless given. */
  title?: string | null | undefined;
  /** An object, checked against the variables of the workflow. */
  variables?: unknown;
  /** Name of the template. */
  workflow: string;
};

export type StopEverythingInput = {
  mode?: StopMode;
  /** Kept with the events; 1 … 1,000 characters. */
  reason: string;
};

/** CANCEL: ends the runs and everything that they are at · PAUSE: begins no task any more, and can be resumed. */
export type StopMode =
  | 'CANCEL'
  | 'PAUSE';

/** THINKING: ask again, or watch it · DONE · FAILED: see the error. */
export type Thinking =
  | 'DONE'
  | 'FAILED'
  | 'THINKING';

export type ShownApprovalFragment = { id: string, kind: ApprovalKind, status: ApprovalStatus, title: string, body: string, fields: unknown, quorum: number, votes: number, answer: unknown, answeredBy: string | null, requestedAt: string, dueAt: string | null, closedAt: string | null, taskIndex: number, run: { id: string, title: string } | null, task: { key: string, title: string } | null };

export type AnswerApprovalMutationVariables = Exact<{
  input: AnswerApprovalInput;
}>;


export type AnswerApprovalMutation = { answerApproval:
    | { approval: { id: string, status: ApprovalStatus, votes: number, quorum: number } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type ListApprovalsQueryVariables = Exact<{
  first: number;
  filter?: ApprovalFilter | null | undefined;
}>;


export type ListApprovalsQuery = { approvals: { nodes: Array<{ id: string, kind: ApprovalKind, status: ApprovalStatus, title: string, body: string, fields: unknown, quorum: number, votes: number, answer: unknown, answeredBy: string | null, requestedAt: string, dueAt: string | null, closedAt: string | null, taskIndex: number, run: { id: string, title: string } | null, task: { key: string, title: string } | null }>, pageInfo: { hasNextPage: boolean } } };

export type FindApprovalQueryVariables = Exact<{
  id: string;
}>;


export type FindApprovalQuery = { approval: { id: string, kind: ApprovalKind, status: ApprovalStatus, title: string, body: string, fields: unknown, quorum: number, votes: number, answer: unknown, answeredBy: string | null, requestedAt: string, dueAt: string | null, closedAt: string | null, taskIndex: number, run: { id: string, title: string } | null, task: { key: string, title: string } | null } | null };

export type OpenOfRunQueryVariables = Exact<{
  runId: string;
}>;


export type OpenOfRunQuery = { approvals: { nodes: Array<{ id: string, kind: ApprovalKind, status: ApprovalStatus, title: string, body: string, fields: unknown, quorum: number, votes: number, answer: unknown, answeredBy: string | null, requestedAt: string, dueAt: string | null, closedAt: string | null, taskIndex: number, run: { id: string, title: string } | null, task: { key: string, title: string } | null }> } };

export type ShownBudgetFragment = { scope: BudgetKind, subjectId: string, limit: number | string | null, reserved: number | string, spent: number | string, remaining: number | string | null, forecast: number | string | null, byModel: Array<{ name: string | null, calls: number, spent: number | string, inputTokens: number | string, outputTokens: number | string }>, byAgent: Array<{ name: string | null, calls: number, spent: number | string, inputTokens: number | string, outputTokens: number | string }> };

export type OrganisationBudgetQueryVariables = Exact<{ [key: string]: never; }>;


export type OrganisationBudgetQuery = { viewer: { organisation: { name: string, budget: { scope: BudgetKind, subjectId: string, limit: number | string | null, reserved: number | string, spent: number | string, remaining: number | string | null, forecast: number | string | null, byModel: Array<{ name: string | null, calls: number, spent: number | string, inputTokens: number | string, outputTokens: number | string }>, byAgent: Array<{ name: string | null, calls: number, spent: number | string, inputTokens: number | string, outputTokens: number | string }> } } } };

export type ProjectBudgetQueryVariables = Exact<{
  id: string;
}>;


export type ProjectBudgetQuery = { project: { name: string, budget: { scope: BudgetKind, subjectId: string, limit: number | string | null, reserved: number | string, spent: number | string, remaining: number | string | null, forecast: number | string | null, byModel: Array<{ name: string | null, calls: number, spent: number | string, inputTokens: number | string, outputTokens: number | string }>, byAgent: Array<{ name: string | null, calls: number, spent: number | string, inputTokens: number | string, outputTokens: number | string }> } } | null };

export type RunBudgetQueryVariables = Exact<{
  id: string;
}>;


export type RunBudgetQuery = { run: { title: string, budget: { scope: BudgetKind, subjectId: string, limit: number | string | null, reserved: number | string, spent: number | string, remaining: number | string | null, forecast: number | string | null, byModel: Array<{ name: string | null, calls: number, spent: number | string, inputTokens: number | string, outputTokens: number | string }>, byAgent: Array<{ name: string | null, calls: number, spent: number | string, inputTokens: number | string, outputTokens: number | string }> } } | null };

export type SetBudgetMutationVariables = Exact<{
  input: SetBudgetInput;
}>;


export type SetBudgetMutation = { setBudget:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { budget: { scope: BudgetKind, subjectId: string, limit: number | string | null, reserved: number | string, spent: number | string, remaining: number | string | null, forecast: number | string | null, byModel: Array<{ name: string | null, calls: number, spent: number | string, inputTokens: number | string, outputTokens: number | string }>, byAgent: Array<{ name: string | null, calls: number, spent: number | string, inputTokens: number | string, outputTokens: number | string }> } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type NewestProjectQueryVariables = Exact<{ [key: string]: never; }>;


export type NewestProjectQuery = { runs: { nodes: Array<{ project: { id: string, slug: string, repository: string | null } | null }> } };

export type CheckServerQueryVariables = Exact<{ [key: string]: never; }>;


export type CheckServerQuery = { viewer: { name: string, keyId: string, expiresAt: string | null }, health: { status: HealthStatus, version: string, startedAt: string, checks: Array<{ name: string, status: HealthStatus, reason: string, mend: string }> } };

export type CancelRunMutationVariables = Exact<{
  input: CancelRunInput;
}>;


export type CancelRunMutation = { cancelRun:
    | { run: { id: string, status: RunStatus } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type PauseRunMutationVariables = Exact<{
  input: PauseRunInput;
}>;


export type PauseRunMutation = { pauseRun:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { run: { id: string, status: RunStatus } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type ResumeRunMutationVariables = Exact<{
  input: ResumeRunInput;
}>;


export type ResumeRunMutation = { resumeRun:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { run: { id: string, status: RunStatus } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type ResetRunMutationVariables = Exact<{
  input: ResetRunInput;
}>;


export type ResetRunMutation = { resetRun:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { run: { id: string, status: RunStatus } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type PauseAllMutationVariables = Exact<{
  input: StopEverythingInput;
}>;


export type PauseAllMutation = { stopEverything:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { runIds: Array<string>, failedRunIds: Array<string> }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type ResumeAllMutationVariables = Exact<{
  input: ResumeEverythingInput;
}>;


export type ResumeAllMutation = { resumeEverything:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { runIds: Array<string>, failedRunIds: Array<string> }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type RunToForkQueryVariables = Exact<{
  id: string;
}>;


export type RunToForkQuery = { run: { head: number, workflow: string, variables: unknown } | null };

export type VariablesOfWorkflowQueryVariables = Exact<{
  name: string;
}>;


export type VariablesOfWorkflowQuery = { workflow: { variables: Array<{ name: string, type: string, description: string }> } | null };

export type ForkRunMutationVariables = Exact<{
  input: ForkRunInput;
}>;


export type ForkRunMutation = { forkRun:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { run: { id: string, forkedFrom: { seq: number } | null } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type ListRunsQueryVariables = Exact<{
  first: number;
  filter?: RunFilter | null | undefined;
}>;


export type ListRunsQuery = { runs: { nodes: Array<{ id: string, status: RunStatus, title: string, workflow: string, startedAt: string, endedAt: string | null, project: { slug: string } | null, progress: { total: number, ended: number, failed: number } }>, pageInfo: { hasNextPage: boolean } } };

export type ListProjectRunsQueryVariables = Exact<{
  id: string;
  first: number;
  filter?: RunFilter | null | undefined;
}>;


export type ListProjectRunsQuery = { project: { runs: { nodes: Array<{ id: string, status: RunStatus, title: string, workflow: string, startedAt: string, endedAt: string | null, project: { slug: string } | null, progress: { total: number, ended: number, failed: number } }>, pageInfo: { hasNextPage: boolean } } } | null };

export type ListedRunFragment = { id: string, status: RunStatus, title: string, workflow: string, startedAt: string, endedAt: string | null, project: { slug: string } | null, progress: { total: number, ended: number, failed: number } };

export type ListProvidersQueryVariables = Exact<{ [key: string]: never; }>;


export type ListProvidersQuery = { providers: Array<{ name: string, protocol: string, simulated: boolean, status: string, breaker: BreakerState, inFlight: number, queued: number, lastError: string | null, models: Array<{ id: string, status: string, breaker: BreakerState, inFlight: number, queued: number, calls: number, failures: number, latencySeconds: number, lastError: string | null }> }>, viewer: { organisation: { budget: { byModel: Array<{ name: string | null, calls: number, spent: number | string }> } } } };

export type ReplayRunMutationVariables = Exact<{
  input: ReplayRunInput;
}>;


export type ReplayRunMutation = { replayRun:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { identical: boolean, events: number, commands: number, claims: number, calls: number, prompts: number, divergence: { seq: number, kind: DivergenceKind, difference: string, expected: unknown, got: unknown, task: { key: string } | null } | null, unchecked: Array<{ epoch: number, reason: string, task: { key: string } | null }> }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type OpenRunsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type OpenRunsQuery = { runs: { nodes: Array<{ id: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type RetryTaskMutationVariables = Exact<{
  input: RetryTaskInput;
}>;


export type RetryTaskMutation = { retryTask:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { run: { id: string, status: RunStatus } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type WorkflowToRunQueryVariables = Exact<{
  name: string;
}>;


export type WorkflowToRunQuery = { workflow: { title: string, variables: Array<{ name: string, type: string, description: string, required: boolean }> } | null, workflows: Array<{ name: string }> };

export type StartRunMutationVariables = Exact<{
  input: StartRunInput;
}>;


export type StartRunMutation = { startRun:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { run: { id: string } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type ListWorkflowsQueryVariables = Exact<{ [key: string]: never; }>;


export type ListWorkflowsQuery = { workflows: Array<{ name: string, version: number, title: string, description: string, steps: Array<{ key: string }>, variables: Array<{ name: string, type: string, description: string, required: boolean, default: unknown }> }> };

export type ShownMessageFragment = { id: string, state: Thinking, text: string, model: string | null, simulated: boolean, cost: number | string, links: Array<{ runId: string, seq: number, type: string, title: string }>, commands: Array<{ index: number, kind: string, summary: string, state: ProposedCommandState, run: { id: string } | null, error: { code: ErrorCode, message: string, hint: string } | null }>, error: { code: ErrorCode, message: string, hint: string } | null };

export type CreateConversationMutationVariables = Exact<{
  input: CreateConversationInput;
}>;


export type CreateConversationMutation = { createConversation:
    | { code: ErrorCode, message: string, hint: string }
    | { conversation: { id: string } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type SayMutationVariables = Exact<{
  input: SayInput;
}>;


export type SayMutation = { say:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { reply: { id: string, state: Thinking, text: string, model: string | null, simulated: boolean, cost: number | string, links: Array<{ runId: string, seq: number, type: string, title: string }>, commands: Array<{ index: number, kind: string, summary: string, state: ProposedCommandState, run: { id: string } | null, error: { code: ErrorCode, message: string, hint: string } | null }>, error: { code: ErrorCode, message: string, hint: string } | null } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type ConversationChangedSubscriptionVariables = Exact<{
  id: string;
  after: number;
}>;


export type ConversationChangedSubscription = { conversationChanged: { version: number, messages: Array<{ id: string, state: Thinking, text: string, model: string | null, simulated: boolean, cost: number | string, links: Array<{ runId: string, seq: number, type: string, title: string }>, commands: Array<{ index: number, kind: string, summary: string, state: ProposedCommandState, run: { id: string } | null, error: { code: ErrorCode, message: string, hint: string } | null }>, error: { code: ErrorCode, message: string, hint: string } | null }> } };

export type FindMessageQueryVariables = Exact<{
  id: string;
}>;


export type FindMessageQuery = { node:
    | { __typename: 'Approval' }
    | { __typename: 'Artifact' }
    | { __typename: 'Conversation' }
    | { __typename: 'Key' }
    | { __typename: 'Message', id: string, state: Thinking, text: string, model: string | null, simulated: boolean, cost: number | string, links: Array<{ runId: string, seq: number, type: string, title: string }>, commands: Array<{ index: number, kind: string, summary: string, state: ProposedCommandState, run: { id: string } | null, error: { code: ErrorCode, message: string, hint: string } | null }>, error: { code: ErrorCode, message: string, hint: string } | null }
    | { __typename: 'Organisation' }
    | { __typename: 'Project' }
    | { __typename: 'Proposal' }
    | { __typename: 'Run' }
    | { __typename: 'Task' }
   | null };

export type ConfirmCommandMutationVariables = Exact<{
  input: ConfirmCommandInput;
}>;


export type ConfirmCommandMutation = { confirmCommand:
    | { reply: { id: string, state: Thinking, text: string, model: string | null, simulated: boolean, cost: number | string, links: Array<{ runId: string, seq: number, type: string, title: string }>, commands: Array<{ index: number, kind: string, summary: string, state: ProposedCommandState, run: { id: string } | null, error: { code: ErrorCode, message: string, hint: string } | null }>, error: { code: ErrorCode, message: string, hint: string } | null } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

type SentEvent_ApprovalAnswered_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_ApprovalEscalated_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_ApprovalExpired_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_ApprovalRequested_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_ApprovalVoted_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_ApprovalWithdrawn_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_ArtifactCreated_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_ChangeMerged_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_ChildRunStarted_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_HandoffAccepted_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_HandoffOffered_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_HandoffRefused_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_HandoffTimedOut_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_LeaseExpired_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_MergeConflicted_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_MessageHandled_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_MessageSent_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_ModelCallFailed_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_ModelCallFinished_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_ModelCallStarted_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_ModelFellBack_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_ModelRouted_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_RetryScheduled_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_RunCancelled_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_RunFailed_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_RunForked_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_RunPaused_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_RunReopened_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_RunReset_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_RunResumed_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_RunStarted_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_RunSucceeded_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_TaskAttemptFailed_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_TaskBlocked_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_TaskCancelled_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_TaskClaimed_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_TaskExpanded_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_TaskFailed_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_TaskPlanned_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_TaskReady_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_TaskReleased_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_TaskReset_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_TaskSentBack_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_TaskSkipped_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_TaskSucceeded_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_TaskSuspended_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_ToolCallFinished_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_ToolCallStarted_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

type SentEvent_UnknownEvent_Fragment = { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } };

export type SentEventFragment =
  | SentEvent_ApprovalAnswered_Fragment
  | SentEvent_ApprovalEscalated_Fragment
  | SentEvent_ApprovalExpired_Fragment
  | SentEvent_ApprovalRequested_Fragment
  | SentEvent_ApprovalVoted_Fragment
  | SentEvent_ApprovalWithdrawn_Fragment
  | SentEvent_ArtifactCreated_Fragment
  | SentEvent_ChangeMerged_Fragment
  | SentEvent_ChildRunStarted_Fragment
  | SentEvent_HandoffAccepted_Fragment
  | SentEvent_HandoffOffered_Fragment
  | SentEvent_HandoffRefused_Fragment
  | SentEvent_HandoffTimedOut_Fragment
  | SentEvent_LeaseExpired_Fragment
  | SentEvent_MergeConflicted_Fragment
  | SentEvent_MessageHandled_Fragment
  | SentEvent_MessageSent_Fragment
  | SentEvent_ModelCallFailed_Fragment
  | SentEvent_ModelCallFinished_Fragment
  | SentEvent_ModelCallStarted_Fragment
  | SentEvent_ModelFellBack_Fragment
  | SentEvent_ModelRouted_Fragment
  | SentEvent_RetryScheduled_Fragment
  | SentEvent_RunCancelled_Fragment
  | SentEvent_RunFailed_Fragment
  | SentEvent_RunForked_Fragment
  | SentEvent_RunPaused_Fragment
  | SentEvent_RunReopened_Fragment
  | SentEvent_RunReset_Fragment
  | SentEvent_RunResumed_Fragment
  | SentEvent_RunStarted_Fragment
  | SentEvent_RunSucceeded_Fragment
  | SentEvent_TaskAttemptFailed_Fragment
  | SentEvent_TaskBlocked_Fragment
  | SentEvent_TaskCancelled_Fragment
  | SentEvent_TaskClaimed_Fragment
  | SentEvent_TaskExpanded_Fragment
  | SentEvent_TaskFailed_Fragment
  | SentEvent_TaskPlanned_Fragment
  | SentEvent_TaskReady_Fragment
  | SentEvent_TaskReleased_Fragment
  | SentEvent_TaskReset_Fragment
  | SentEvent_TaskSentBack_Fragment
  | SentEvent_TaskSkipped_Fragment
  | SentEvent_TaskSucceeded_Fragment
  | SentEvent_TaskSuspended_Fragment
  | SentEvent_ToolCallFinished_Fragment
  | SentEvent_ToolCallStarted_Fragment
  | SentEvent_UnknownEvent_Fragment
;

export type FollowRunSubscriptionVariables = Exact<{
  runId: string;
  after: number;
}>;


export type FollowRunSubscription = { runEvents: { head: number, status: RunEventsStatus, events: Array<
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
    > } };

export type RunNowQueryVariables = Exact<{
  id: string;
  newest: number;
}>;


export type RunNowQuery = { run: { stateAt: { data: unknown } | null, events: { nodes: Array<
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
        | { runId: string, seq: number, at: string, type: string, data: unknown, correlationId: string, causationSeq: number | null, actor: { kind: ActorKind, id: string, name: string } }
      > } } | null };

export type TaskOutputSubscriptionVariables = Exact<{
  runId: string;
  taskIndex: number;
}>;


export type TaskOutputSubscription = { taskOutput: { epoch: number, text: string } };

export type ProjectBySlugQueryVariables = Exact<{
  slug: string;
}>;


export type ProjectBySlugQuery = { project: { id: string, slug: string, repository: string | null } | null };

export type ProjectByIdQueryVariables = Exact<{
  id: string;
}>;


export type ProjectByIdQuery = { project: { id: string, slug: string, repository: string | null } | null };

export type CreateProjectMutationVariables = Exact<{
  input: CreateProjectInput;
}>;


export type CreateProjectMutation = { createProject:
    | { code: ErrorCode, message: string, hint: string }
    | { project: { id: string, slug: string, repository: string | null } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type ShownProposalFragment = { id: string, state: Thinking, workflow: string | null, title: string | null, variables: unknown, reason: string | null, confidence: number | null, model: string | null, simulated: boolean, questions: Array<{ variable: string, question: string }>, estimate: { low: number | string | null, high: number | string | null, basis: EstimateBasis, runs: number } | null, error: { code: ErrorCode, message: string, hint: string } | null, project: { slug: string } | null };

export type ProposeRunMutationVariables = Exact<{
  input: ProposeRunInput;
}>;


export type ProposeRunMutation = { proposeRun:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { proposal: { id: string, state: Thinking, workflow: string | null, title: string | null, variables: unknown, reason: string | null, confidence: number | null, model: string | null, simulated: boolean, questions: Array<{ variable: string, question: string }>, estimate: { low: number | string | null, high: number | string | null, basis: EstimateBasis, runs: number } | null, error: { code: ErrorCode, message: string, hint: string } | null, project: { slug: string } | null } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type FindProposalQueryVariables = Exact<{
  id: string;
}>;


export type FindProposalQuery = { proposal: { id: string, state: Thinking, workflow: string | null, title: string | null, variables: unknown, reason: string | null, confidence: number | null, model: string | null, simulated: boolean, questions: Array<{ variable: string, question: string }>, estimate: { low: number | string | null, high: number | string | null, basis: EstimateBasis, runs: number } | null, error: { code: ErrorCode, message: string, hint: string } | null, project: { slug: string } | null } | null };

export type ProposalThoughtSubscriptionVariables = Exact<{
  id: string;
}>;


export type ProposalThoughtSubscription = { proposalChanged: { id: string, state: Thinking, workflow: string | null, title: string | null, variables: unknown, reason: string | null, confidence: number | null, model: string | null, simulated: boolean, questions: Array<{ variable: string, question: string }>, estimate: { low: number | string | null, high: number | string | null, basis: EstimateBasis, runs: number } | null, error: { code: ErrorCode, message: string, hint: string } | null, project: { slug: string } | null } };

export type ProposedWorkflowQueryVariables = Exact<{
  name: string;
}>;


export type ProposedWorkflowQuery = { workflow: { variables: Array<{ name: string, type: string, description: string, required: boolean }> } | null };

export type ConfirmProposalMutationVariables = Exact<{
  input: ConfirmProposalInput;
}>;


export type ConfirmProposalMutation = { confirmProposal:
    | { run: { id: string } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type NewestRunQueryVariables = Exact<{ [key: string]: never; }>;


export type NewestRunQuery = { runs: { nodes: Array<{ id: string }> } };

export const ShownApprovalFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownApproval"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Approval"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"fields"}},{"kind":"Field","name":{"kind":"Name","value":"quorum"}},{"kind":"Field","name":{"kind":"Name","value":"votes"}},{"kind":"Field","name":{"kind":"Name","value":"answer"}},{"kind":"Field","name":{"kind":"Name","value":"answeredBy"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"dueAt"}},{"kind":"Field","name":{"kind":"Name","value":"closedAt"}},{"kind":"Field","name":{"kind":"Name","value":"taskIndex"}},{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"task"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]} as unknown as DocumentNode<ShownApprovalFragment, unknown>;
export const ShownBudgetFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownBudget"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Budget"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"subjectId"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"reserved"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}},{"kind":"Field","name":{"kind":"Name","value":"forecast"}},{"kind":"Field","name":{"kind":"Name","value":"byModel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"inputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"outputTokens"}}]}},{"kind":"Field","name":{"kind":"Name","value":"byAgent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"inputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"outputTokens"}}]}}]}}]} as unknown as DocumentNode<ShownBudgetFragment, unknown>;
export const ListedRunFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ListedRun"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Run"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"workflow"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}}]}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"ended"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}}]}}]}}]} as unknown as DocumentNode<ListedRunFragment, unknown>;
export const ShownMessageFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"simulated"}},{"kind":"Field","name":{"kind":"Name","value":"cost"}},{"kind":"Field","name":{"kind":"Name","value":"links"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"commands"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"index"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]} as unknown as DocumentNode<ShownMessageFragment, unknown>;
export const SentEventFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SentEvent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RunEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"data"}},{"kind":"Field","name":{"kind":"Name","value":"actor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"correlationId"}},{"kind":"Field","name":{"kind":"Name","value":"causationSeq"}}]}}]} as unknown as DocumentNode<SentEventFragment, unknown>;
export const ShownProposalFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownProposal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Proposal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"workflow"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variables"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"confidence"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"simulated"}},{"kind":"Field","name":{"kind":"Name","value":"questions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variable"}},{"kind":"Field","name":{"kind":"Name","value":"question"}}]}},{"kind":"Field","name":{"kind":"Name","value":"estimate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"high"}},{"kind":"Field","name":{"kind":"Name","value":"basis"}},{"kind":"Field","name":{"kind":"Name","value":"runs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}}]}}]}}]} as unknown as DocumentNode<ShownProposalFragment, unknown>;
export const AnswerApprovalDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AnswerApproval"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AnswerApprovalInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"answerApproval"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AnswerApprovalPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"approval"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"votes"}},{"kind":"Field","name":{"kind":"Name","value":"quorum"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<AnswerApprovalMutation, AnswerApprovalMutationVariables>;
export const ListApprovalsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListApprovals"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ApprovalFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"approvals"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ShownApproval"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownApproval"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Approval"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"fields"}},{"kind":"Field","name":{"kind":"Name","value":"quorum"}},{"kind":"Field","name":{"kind":"Name","value":"votes"}},{"kind":"Field","name":{"kind":"Name","value":"answer"}},{"kind":"Field","name":{"kind":"Name","value":"answeredBy"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"dueAt"}},{"kind":"Field","name":{"kind":"Name","value":"closedAt"}},{"kind":"Field","name":{"kind":"Name","value":"taskIndex"}},{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"task"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]} as unknown as DocumentNode<ListApprovalsQuery, ListApprovalsQueryVariables>;
export const FindApprovalDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FindApproval"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"approval"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ShownApproval"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownApproval"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Approval"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"fields"}},{"kind":"Field","name":{"kind":"Name","value":"quorum"}},{"kind":"Field","name":{"kind":"Name","value":"votes"}},{"kind":"Field","name":{"kind":"Name","value":"answer"}},{"kind":"Field","name":{"kind":"Name","value":"answeredBy"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"dueAt"}},{"kind":"Field","name":{"kind":"Name","value":"closedAt"}},{"kind":"Field","name":{"kind":"Name","value":"taskIndex"}},{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"task"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]} as unknown as DocumentNode<FindApprovalQuery, FindApprovalQueryVariables>;
export const OpenOfRunDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OpenOfRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"runId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"approvals"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"runId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"runId"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"statuses"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"OPEN"}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ShownApproval"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownApproval"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Approval"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"fields"}},{"kind":"Field","name":{"kind":"Name","value":"quorum"}},{"kind":"Field","name":{"kind":"Name","value":"votes"}},{"kind":"Field","name":{"kind":"Name","value":"answer"}},{"kind":"Field","name":{"kind":"Name","value":"answeredBy"}},{"kind":"Field","name":{"kind":"Name","value":"requestedAt"}},{"kind":"Field","name":{"kind":"Name","value":"dueAt"}},{"kind":"Field","name":{"kind":"Name","value":"closedAt"}},{"kind":"Field","name":{"kind":"Name","value":"taskIndex"}},{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"task"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]} as unknown as DocumentNode<OpenOfRunQuery, OpenOfRunQueryVariables>;
export const OrganisationBudgetDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OrganisationBudget"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organisation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"budget"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ShownBudget"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownBudget"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Budget"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"subjectId"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"reserved"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}},{"kind":"Field","name":{"kind":"Name","value":"forecast"}},{"kind":"Field","name":{"kind":"Name","value":"byModel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"inputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"outputTokens"}}]}},{"kind":"Field","name":{"kind":"Name","value":"byAgent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"inputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"outputTokens"}}]}}]}}]} as unknown as DocumentNode<OrganisationBudgetQuery, OrganisationBudgetQueryVariables>;
export const ProjectBudgetDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ProjectBudget"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"project"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"budget"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ShownBudget"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownBudget"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Budget"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"subjectId"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"reserved"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}},{"kind":"Field","name":{"kind":"Name","value":"forecast"}},{"kind":"Field","name":{"kind":"Name","value":"byModel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"inputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"outputTokens"}}]}},{"kind":"Field","name":{"kind":"Name","value":"byAgent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"inputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"outputTokens"}}]}}]}}]} as unknown as DocumentNode<ProjectBudgetQuery, ProjectBudgetQueryVariables>;
export const RunBudgetDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RunBudget"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"budget"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ShownBudget"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownBudget"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Budget"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"subjectId"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"reserved"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}},{"kind":"Field","name":{"kind":"Name","value":"forecast"}},{"kind":"Field","name":{"kind":"Name","value":"byModel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"inputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"outputTokens"}}]}},{"kind":"Field","name":{"kind":"Name","value":"byAgent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"inputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"outputTokens"}}]}}]}}]} as unknown as DocumentNode<RunBudgetQuery, RunBudgetQueryVariables>;
export const SetBudgetDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetBudget"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SetBudgetInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setBudget"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SetBudgetPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"budget"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ShownBudget"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownBudget"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Budget"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"scope"}},{"kind":"Field","name":{"kind":"Name","value":"subjectId"}},{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"reserved"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}},{"kind":"Field","name":{"kind":"Name","value":"forecast"}},{"kind":"Field","name":{"kind":"Name","value":"byModel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"inputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"outputTokens"}}]}},{"kind":"Field","name":{"kind":"Name","value":"byAgent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"inputTokens"}},{"kind":"Field","name":{"kind":"Name","value":"outputTokens"}}]}}]}}]} as unknown as DocumentNode<SetBudgetMutation, SetBudgetMutationVariables>;
export const NewestProjectDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"NewestProject"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"topLevel"},"value":{"kind":"BooleanValue","value":true}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"repository"}}]}}]}}]}}]}}]} as unknown as DocumentNode<NewestProjectQuery, NewestProjectQueryVariables>;
export const CheckServerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CheckServer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"keyId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"checks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"mend"}}]}}]}}]}}]} as unknown as DocumentNode<CheckServerQuery, CheckServerQueryVariables>;
export const CancelRunDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CancelRunInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelRun"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CancelRunPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<CancelRunMutation, CancelRunMutationVariables>;
export const PauseRunDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PauseRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PauseRunInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pauseRun"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PauseRunPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<PauseRunMutation, PauseRunMutationVariables>;
export const ResumeRunDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResumeRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ResumeRunInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resumeRun"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ResumeRunPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<ResumeRunMutation, ResumeRunMutationVariables>;
export const ResetRunDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResetRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ResetRunInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resetRun"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ResetRunPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<ResetRunMutation, ResetRunMutationVariables>;
export const PauseAllDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PauseAll"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StopEverythingInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stopEverything"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StopEverythingPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runIds"}},{"kind":"Field","name":{"kind":"Name","value":"failedRunIds"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<PauseAllMutation, PauseAllMutationVariables>;
export const ResumeAllDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResumeAll"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ResumeEverythingInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resumeEverything"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ResumeEverythingPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runIds"}},{"kind":"Field","name":{"kind":"Name","value":"failedRunIds"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<ResumeAllMutation, ResumeAllMutationVariables>;
export const RunToForkDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RunToFork"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"head"}},{"kind":"Field","name":{"kind":"Name","value":"workflow"}},{"kind":"Field","name":{"kind":"Name","value":"variables"}}]}}]}}]} as unknown as DocumentNode<RunToForkQuery, RunToForkQueryVariables>;
export const VariablesOfWorkflowDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"VariablesOfWorkflow"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"name"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workflow"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"name"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variables"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"description"}}]}}]}}]}}]} as unknown as DocumentNode<VariablesOfWorkflowQuery, VariablesOfWorkflowQueryVariables>;
export const ForkRunDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ForkRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ForkRunInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"forkRun"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ForkRunPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"forkedFrom"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"seq"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<ForkRunMutation, ForkRunMutationVariables>;
export const ListRunsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListRuns"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RunFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ListedRun"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ListedRun"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Run"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"workflow"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}}]}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"ended"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}}]}}]}}]} as unknown as DocumentNode<ListRunsQuery, ListRunsQueryVariables>;
export const ListProjectRunsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListProjectRuns"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"RunFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"project"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ListedRun"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ListedRun"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Run"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"workflow"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}}]}},{"kind":"Field","name":{"kind":"Name","value":"progress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"ended"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}}]}}]}}]} as unknown as DocumentNode<ListProjectRunsQuery, ListProjectRunsQueryVariables>;
export const ListProvidersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListProviders"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"providers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"simulated"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"breaker"}},{"kind":"Field","name":{"kind":"Name","value":"inFlight"}},{"kind":"Field","name":{"kind":"Name","value":"queued"}},{"kind":"Field","name":{"kind":"Name","value":"lastError"}},{"kind":"Field","name":{"kind":"Name","value":"models"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"breaker"}},{"kind":"Field","name":{"kind":"Name","value":"inFlight"}},{"kind":"Field","name":{"kind":"Name","value":"queued"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"failures"}},{"kind":"Field","name":{"kind":"Name","value":"latencySeconds"}},{"kind":"Field","name":{"kind":"Name","value":"lastError"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"organisation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"budget"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"byModel"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ListProvidersQuery, ListProvidersQueryVariables>;
export const ReplayRunDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ReplayRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ReplayRunInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"replayRun"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ReplayRunPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"identical"}},{"kind":"Field","name":{"kind":"Name","value":"events"}},{"kind":"Field","name":{"kind":"Name","value":"commands"}},{"kind":"Field","name":{"kind":"Name","value":"claims"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"prompts"}},{"kind":"Field","name":{"kind":"Name","value":"divergence"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"difference"}},{"kind":"Field","name":{"kind":"Name","value":"expected"}},{"kind":"Field","name":{"kind":"Name","value":"got"}},{"kind":"Field","name":{"kind":"Name","value":"task"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"unchecked"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"epoch"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"task"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<ReplayRunMutation, ReplayRunMutationVariables>;
export const OpenRunsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OpenRuns"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"statuses"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"PENDING"},{"kind":"EnumValue","value":"RUNNING"},{"kind":"EnumValue","value":"PAUSED"},{"kind":"EnumValue","value":"WAITING"}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<OpenRunsQuery, OpenRunsQueryVariables>;
export const RetryTaskDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RetryTask"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RetryTaskInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retryTask"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RetryTaskPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<RetryTaskMutation, RetryTaskMutationVariables>;
export const WorkflowToRunDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WorkflowToRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"name"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workflow"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"name"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variables"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"required"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"workflows"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<WorkflowToRunQuery, WorkflowToRunQueryVariables>;
export const StartRunDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StartRunInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startRun"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"StartRunPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<StartRunMutation, StartRunMutationVariables>;
export const ListWorkflowsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListWorkflows"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workflows"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}},{"kind":"Field","name":{"kind":"Name","value":"variables"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"required"}},{"kind":"Field","name":{"kind":"Name","value":"default"}}]}}]}}]}}]} as unknown as DocumentNode<ListWorkflowsQuery, ListWorkflowsQueryVariables>;
export const CreateConversationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateConversation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateConversationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createConversation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateConversationPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conversation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<CreateConversationMutation, CreateConversationMutationVariables>;
export const SayDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Say"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SayInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"say"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SayPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reply"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ShownMessage"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"simulated"}},{"kind":"Field","name":{"kind":"Name","value":"cost"}},{"kind":"Field","name":{"kind":"Name","value":"links"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"commands"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"index"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]} as unknown as DocumentNode<SayMutation, SayMutationVariables>;
export const ConversationChangedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"ConversationChanged"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conversationChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"conversationId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"messages"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ShownMessage"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"simulated"}},{"kind":"Field","name":{"kind":"Name","value":"cost"}},{"kind":"Field","name":{"kind":"Name","value":"links"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"commands"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"index"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]} as unknown as DocumentNode<ConversationChangedSubscription, ConversationChangedSubscriptionVariables>;
export const FindMessageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FindMessage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ShownMessage"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"simulated"}},{"kind":"Field","name":{"kind":"Name","value":"cost"}},{"kind":"Field","name":{"kind":"Name","value":"links"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"commands"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"index"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]} as unknown as DocumentNode<FindMessageQuery, FindMessageQueryVariables>;
export const ConfirmCommandDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmCommand"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmCommandInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"confirmCommand"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmCommandPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reply"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ShownMessage"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownMessage"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Message"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"simulated"}},{"kind":"Field","name":{"kind":"Name","value":"cost"}},{"kind":"Field","name":{"kind":"Name","value":"links"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"commands"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"index"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]} as unknown as DocumentNode<ConfirmCommandMutation, ConfirmCommandMutationVariables>;
export const FollowRunDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"FollowRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"runId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"runId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"runId"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"head"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"events"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SentEvent"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SentEvent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RunEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"data"}},{"kind":"Field","name":{"kind":"Name","value":"actor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"correlationId"}},{"kind":"Field","name":{"kind":"Name","value":"causationSeq"}}]}}]} as unknown as DocumentNode<FollowRunSubscription, FollowRunSubscriptionVariables>;
export const RunNowDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RunNow"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"newest"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stateAt"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"seq"},"value":{"kind":"Variable","name":{"kind":"Name","value":"newest"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"data"}}]}},{"kind":"Field","name":{"kind":"Name","value":"events"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"types"},"value":{"kind":"ListValue","values":[{"kind":"StringValue","value":"ToolCallStarted","block":false},{"kind":"StringValue","value":"ToolCallFinished","block":false}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SentEvent"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SentEvent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RunEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runId"}},{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"data"}},{"kind":"Field","name":{"kind":"Name","value":"actor"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"correlationId"}},{"kind":"Field","name":{"kind":"Name","value":"causationSeq"}}]}}]} as unknown as DocumentNode<RunNowQuery, RunNowQueryVariables>;
export const TaskOutputDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"TaskOutput"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"runId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"taskIndex"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"taskOutput"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"runId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"runId"}}},{"kind":"Argument","name":{"kind":"Name","value":"taskIndex"},"value":{"kind":"Variable","name":{"kind":"Name","value":"taskIndex"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"epoch"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}}]}}]} as unknown as DocumentNode<TaskOutputSubscription, TaskOutputSubscriptionVariables>;
export const ProjectBySlugDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ProjectBySlug"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"slug"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"project"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"slug"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"repository"}}]}}]}}]} as unknown as DocumentNode<ProjectBySlugQuery, ProjectBySlugQueryVariables>;
export const ProjectByIdDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ProjectById"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"project"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"repository"}}]}}]}}]} as unknown as DocumentNode<ProjectByIdQuery, ProjectByIdQueryVariables>;
export const CreateProjectDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateProject"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateProjectInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createProject"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateProjectPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"repository"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<CreateProjectMutation, CreateProjectMutationVariables>;
export const ProposeRunDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ProposeRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ProposeRunInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"proposeRun"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProposeRunPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"proposal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ShownProposal"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownProposal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Proposal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"workflow"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variables"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"confidence"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"simulated"}},{"kind":"Field","name":{"kind":"Name","value":"questions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variable"}},{"kind":"Field","name":{"kind":"Name","value":"question"}}]}},{"kind":"Field","name":{"kind":"Name","value":"estimate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"high"}},{"kind":"Field","name":{"kind":"Name","value":"basis"}},{"kind":"Field","name":{"kind":"Name","value":"runs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}}]}}]}}]} as unknown as DocumentNode<ProposeRunMutation, ProposeRunMutationVariables>;
export const FindProposalDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FindProposal"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"proposal"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ShownProposal"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownProposal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Proposal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"workflow"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variables"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"confidence"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"simulated"}},{"kind":"Field","name":{"kind":"Name","value":"questions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variable"}},{"kind":"Field","name":{"kind":"Name","value":"question"}}]}},{"kind":"Field","name":{"kind":"Name","value":"estimate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"high"}},{"kind":"Field","name":{"kind":"Name","value":"basis"}},{"kind":"Field","name":{"kind":"Name","value":"runs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}}]}}]}}]} as unknown as DocumentNode<FindProposalQuery, FindProposalQueryVariables>;
export const ProposalThoughtDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"ProposalThought"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"proposalChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"proposalId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ShownProposal"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ShownProposal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Proposal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"workflow"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variables"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"confidence"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"simulated"}},{"kind":"Field","name":{"kind":"Name","value":"questions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variable"}},{"kind":"Field","name":{"kind":"Name","value":"question"}}]}},{"kind":"Field","name":{"kind":"Name","value":"estimate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"low"}},{"kind":"Field","name":{"kind":"Name","value":"high"}},{"kind":"Field","name":{"kind":"Name","value":"basis"}},{"kind":"Field","name":{"kind":"Name","value":"runs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}},{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}}]}}]}}]} as unknown as DocumentNode<ProposalThoughtSubscription, ProposalThoughtSubscriptionVariables>;
export const ProposedWorkflowDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ProposedWorkflow"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"name"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"workflow"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"name"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variables"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"required"}}]}}]}}]}}]} as unknown as DocumentNode<ProposedWorkflowQuery, ProposedWorkflowQueryVariables>;
export const ConfirmProposalDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmProposal"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmProposalInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"confirmProposal"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmProposalPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<ConfirmProposalMutation, ConfirmProposalMutationVariables>;
export const NewestRunDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"NewestRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"topLevel"},"value":{"kind":"BooleanValue","value":true}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<NewestRunQuery, NewestRunQueryVariables>;