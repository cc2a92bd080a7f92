/**
 * `decide(run, command, meta) → events`. Pure: clock, ids and randomness come in with `meta`. "No" is an OrreryError;
 * a command that was said before, or that time has overtaken harmlessly, decides nothing (no events).
 */
import { OrreryError } from '../errors.ts'
import type { Json } from '../json.ts'
import { defaultRetry, type Step } from '../workflow.ts'
import { advance } from './advance.ts'
import { type Command, type CommandMeta, maxDepth } from './commands.ts'
import { answerApproval, requestApproval } from './decide-approval.ts'
import { finishChild, startChild } from './decide-child.ts'
import { forkRun } from './decide-fork.ts'
import { offerHandoff, receiveMessages, sendMessage } from './decide-handoff.ts'
import { mergeChange, reportConflict } from './decide-merge.ts'
import { failModelCall, finishModelCall, startModelCall } from './decide-model.ts'
import { cancelRun, pauseRun, resetRun, resumeRun, retryTask } from './decide-run.ts'
import {
  claimTask,
  expireLease,
  failTask,
  finishTask,
  finishToolCall,
  releaseTask,
  startToolCall,
} from './decide-task.ts'
import { createDraft, type Draft } from './draft.ts'
import type { RecordedEvent } from './events.ts'
import type { Run } from './state.ts'
import { fireTimer } from './timers.ts'

/** What was decided: the events, and the run after them (null only where there was none and nothing happened). */
export type Decision = { readonly events: readonly RecordedEvent[]; readonly run: Run | null }

/**
 * The events that the command causes, numbered from `run.head + 1`. Throws OrreryError: NOT_FOUND, CONFLICT (the state
 * forbids it), STALE_EPOCH (the worker's claim is over), LIMIT_REACHED (later, perhaps), BAD_INPUT.
 */
export function decide(runId: string, run: Run | null, command: Command, meta: CommandMeta): Decision {
  if (command.type === 'StartRun') return run === null ? startRun(runId, command, meta) : { events: [], run }
  if (run === null) throw new OrreryError('NOT_FOUND', `there is no run ${runId}`)
  const draft = createDraft(runId, run, meta)
  apply(draft, command, meta)
  if (draft.events.length > 0 && !freesNothing.has(command.type)) advance(draft, meta)
  return draft
}

/** A claim and the calls of a task free nothing, so nothing follows from them: they skip the walk over the graph. */
const freesNothing: ReadonlySet<Command['type']> = new Set<Command['type']>([
  'ClaimTask',
  'StartToolCall',
  'FinishToolCall',
  'StartModelCall',
  'FinishModelCall',
  'FailModelCall',
  'SendMessage',
  'ReceiveMessages',
  'MergeChange',
  'ReportConflict',
])

function apply(draft: Draft, command: Exclude<Command, { type: 'StartRun' }>, meta: CommandMeta): void {
  switch (command.type) {
    case 'ClaimTask':
      return claimTask(draft, command, meta)
    case 'StartToolCall':
      return startToolCall(draft, command)
    case 'FinishToolCall':
      return finishToolCall(draft, command)
    case 'FinishTask':
      return finishTask(draft, command, meta)
    case 'StartModelCall':
      return startModelCall(draft, command)
    case 'FinishModelCall':
      return finishModelCall(draft, command)
    case 'FailModelCall':
      return failModelCall(draft, command)
    case 'RequestApproval':
      return requestApproval(draft, command, meta)
    case 'AnswerApproval':
      return answerApproval(draft, command, meta)
    case 'OfferHandoff':
      return offerHandoff(draft, command, meta)
    case 'SendMessage':
      return sendMessage(draft, command)
    case 'ReceiveMessages':
      return receiveMessages(draft, command)
    case 'MergeChange':
      return mergeChange(draft, command)
    case 'ReportConflict':
      return reportConflict(draft, command)
    case 'FailTask':
      return failTask(draft, command, meta)
    case 'ReleaseTask':
      return releaseTask(draft, command)
    case 'ExpireLease':
      return expireLease(draft, command)
    case 'FireTimer':
      return fireTimer(draft, command.timer, meta)
    case 'StartChild':
      return startChild(draft, command)
    case 'FinishChild':
      return finishChild(draft, command)
    case 'PauseRun':
      return pauseRun(draft, command.reason)
    case 'ResumeRun':
      return resumeRun(draft, command.reason)
    case 'CancelRun':
      return cancelRun(draft, command.reason)
    case 'RetryTask':
      return retryTask(draft, command.taskIndex, command.reason, meta)
    case 'ResetRun':
      return resetRun(draft, command.reason)
    case 'ForkRun':
      return forkRun(draft, command, meta)
  }
}

function startRun(runId: string, command: Extract<Command, { type: 'StartRun' }>, meta: CommandMeta): Decision {
  const { workflow, organisationId, projectId, title, variables, priority, parent } = command
  const { simulated = false, manual = false, budgetMicros = null, preference = null, adjustments = null } = command
  const depth = parent === null ? 0 : parent.depth + 1
  if (depth > maxDepth) throw new OrreryError('LIMIT_EXCEEDED', `runs are nested at most ${maxDepth} deep`)
  const draft = createDraft(runId, null, meta)
  draft.emit({
    type: 'RunStarted',
    data: {
      organisationId,
      projectId,
      title,
      variables,
      priority,
      depth,
      simulated,
      manual,
      budgetMicros,
      preference,
      adjustments: adjustments as Json,
      workflow: workflow.name,
      workflowVersion: workflow.version,
      maxParallel: command.maxParallel ?? workflow.maxParallel,
      dueAt: meta.now + (command.timeoutMs ?? workflow.timeoutMs),
      parentRunId: parent?.runId ?? null,
      parentTaskIndex: parent?.taskIndex ?? null,
    },
  })
  const keys = workflow.steps.map(step => step.key)
  for (const [index, step] of workflow.steps.entries()) planStep(draft, step, index, keys, priority)
  advance(draft, meta)
  return draft
}

function planStep(draft: Draft, step: Step, index: number, keys: readonly string[], runPriority: number): void {
  const { key, title, workerClass, trigger, input, timeoutMs, optional, graph } = step
  const kind = step.workflow !== undefined ? 'run' : step.forEach !== undefined ? 'map' : 'work'
  draft.emit({
    type: 'TaskPlanned',
    data: {
      key,
      title,
      workerClass,
      trigger,
      input,
      timeoutMs,
      optional,
      kind,
      taskIndex: index,
      uses: step.agent ?? step.workflow ?? '',
      needs: step.needs.map(need => keys.indexOf(need)),
      condition: step.when ?? null,
      forEach: step.forEach ?? null,
      retry: { ...defaultRetry, ...withoutUndefined(step.retry) },
      priority: runPriority + step.priority,
      groupIndex: null,
      item: null,
      graph,
      approval: step.approval ?? null,
      back: step.back ?? null,
      gate: step.gate ?? null,
      budgetShare: step.budgetShare ?? null,
      fromHandoffId: null,
    },
  })
}

/** Zod leaves `undefined` where an optional key was given so; spreading that would erase a default. */
function withoutUndefined(partial: Step['retry']): Partial<typeof defaultRetry> {
  return Object.fromEntries(Object.entries(partial).filter(([, value]) => value !== undefined))
}
