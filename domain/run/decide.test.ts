import { describe, expect, it } from 'vitest'
import { yesOrNo } from '../approval.ts'
import { OrreryError } from '../errors.ts'
import type { Command, CommandType } from './commands.ts'
import { createHistory, startOf, workflows } from './history.ts'
import { type RunStatus, runStatuses, type TaskStatus, taskStatuses } from './state.ts'

type Outcome = string
/** Types of the events, or the code of the refusal. */
function outcome(say: () => readonly { type: string }[]): Outcome {
  try {
    return (
      say()
        .map(event => event.type)
        .join(' ') || 'nothing'
    )
  } catch (error) {
    if (error instanceof OrreryError) return error.code
    throw error
  }
}

/** A run of one step, brought to each status that it can have. */
const inStatus: Record<RunStatus, () => ReturnType<typeof createHistory>> = {
  PENDING: () => createHistory(workflows.single),
  RUNNING: () => after(createHistory(workflows.single), history => history.claim(0)),
  PAUSED: () => after(inStatus.RUNNING(), history => history.say({ type: 'PauseRun', reason: '' })),
  // Its only task asks a person.
  WAITING: () => after(inStatus.RUNNING(), history => history.say(commandsFor(0, 1).RequestApproval)),
  SUCCEEDED: () => after(inStatus.RUNNING(), history => history.finish(0)),
  FAILED: () => after(inStatus.RUNNING(), history => history.fail(0, false)),
  CANCELLED: () => after(inStatus.RUNNING(), history => history.say({ type: 'CancelRun', reason: '' })),
}

/** The single task of a run, brought to each status that it can have. */
const taskIn: Record<TaskStatus, () => ReturnType<typeof createHistory>> = {
  // The lower end of a diamond waits for its sides.
  PLANNED: () => at(3, createHistory(workflows.diamond, { variables: { deep: true } })),
  READY: () => inStatus.PENDING(),
  CLAIMED: () => inStatus.RUNNING(),
  WAITING: () =>
    after(createHistory(retrying), history => {
      history.claim(0)
      history.fail(0)
    }),
  SUCCEEDED: () => inStatus.SUCCEEDED(),
  FAILED: () => inStatus.FAILED(),
  SKIPPED: () =>
    at(
      2,
      after(createHistory(workflows.diamond, { variables: { deep: false } }), history => {
        history.claim(0)
        history.finish(0)
      }),
    ),
  BLOCKED: () => after(inStatus.RUNNING(), history => history.fail(0, false, true)),
  CANCELLED: () => inStatus.CANCELLED(),
}
const retrying = {
  ...workflows.single,
  steps: workflows.single.steps.map(step => ({ ...step, retry: { maxAttempts: 2, backoffMs: 50 } })),
}

const indices = new WeakMap<object, number>()
const at = <T extends object>(index: number, history: T): T => {
  indices.set(history, index)
  return history
}
const after = <T>(history: T, change: (history: T) => void): T => {
  change(history)
  return history
}

const failure = { code: 'TASK_FAILED', message: 'it broke', hint: '', retryable: false } as const
const childRunId = '01990000-0000-7000-8000-0000000000cc'
const approvalId = '01990000-0000-7000-8000-0000000000dd'

/** Every command, about the given task under its current epoch (a claim: the next one). */
const commandsFor = (taskIndex: number, epoch: number): { [T in CommandType]: Extract<Command, { type: T }> } => ({
  StartRun: startOf(workflows.single),
  ClaimTask: { type: 'ClaimTask', taskIndex, epoch: epoch + 1, worker: 'worker-2' },
  StartToolCall: { type: 'StartToolCall', taskIndex, epoch, call: 0, tool: 'sh', summary: '' },
  FinishToolCall: {
    type: 'FinishToolCall',
    taskIndex,
    epoch,
    call: 0,
    tool: 'sh',
    output: null,
    exitCode: 0,
    durationMs: 1,
    outputHash: null,
    treeHash: null,
  },
  FinishTask: { type: 'FinishTask', taskIndex, epoch, output: null, artifacts: [] },
  FailTask: { type: 'FailTask', taskIndex, epoch, failure, blocked: false, artifacts: [] },
  ReleaseTask: { type: 'ReleaseTask', taskIndex, epoch, reason: '' },
  ExpireLease: { type: 'ExpireLease', taskIndex, epoch },
  FireTimer: { type: 'FireTimer', timer: `timeout:${taskIndex}:${epoch}` },
  StartChild: { type: 'StartChild', taskIndex, epoch: epoch + 1, childRunId },
  FinishChild: { type: 'FinishChild', taskIndex, childRunId, status: 'SUCCEEDED', failure: null },
  PauseRun: { type: 'PauseRun', reason: '' },
  ResumeRun: { type: 'ResumeRun', reason: '' },
  CancelRun: { type: 'CancelRun', reason: '' },
  RetryTask: { type: 'RetryTask', taskIndex, reason: '' },
  ResetRun: { type: 'ResetRun', reason: '' },
  // About a moment that the run never stands at: a fork is begun by fork.test.ts.
  ForkRun: {
    type: 'ForkRun',
    forkRunId: childRunId,
    fromRunId: childRunId,
    atSeq: 0,
    changes: {},
    reason: '',
    agents: [],
    children: [],
    journals: [],
    parent: null,
  },
  StartModelCall: {
    ...modelCall(taskIndex, epoch),
    type: 'StartModelCall',
    purpose: 'turn 1',
    promptHash: '0'.repeat(64),
    reservedMicros: 1_000,
    maxOutputTokens: 100,
    routed: { propensity: 0.5, candidates: [], reason: 'drawn' },
    fellBack: null,
  },
  FinishModelCall: {
    ...modelCall(taskIndex, epoch),
    type: 'FinishModelCall',
    costMicros: 700,
    certainty: 'known',
    usage: { input: 10, cacheRead: 0, cacheWrite: 0, output: 5, reasoning: 0 },
    stopReason: 'end',
    output: [],
    contextTokens: 1_000,
    durationMs: 5,
  },
  FailModelCall: {
    ...modelCall(taskIndex, epoch),
    type: 'FailModelCall',
    costMicros: 1_000,
    certainty: 'unknown',
    reason: 'TRUNCATED',
    error: failure,
    retryInMs: null,
  },
  RequestApproval: {
    type: 'RequestApproval',
    taskIndex,
    epoch,
    call: 0,
    approvalId,
    question: {
      kind: 'question',
      title: 'Which one?',
      body: '',
      fields: yesOrNo,
      timeoutMs: null,
      onDeadline: 'wait',
      quorum: 1,
      facts: null,
      subject: null,
    },
  },
  OfferHandoff: {
    type: 'OfferHandoff',
    taskIndex,
    epoch,
    call: 0,
    handoffId: childRunId,
    agent: 'echo',
    known: true,
    workerClass: 'light',
    title: 'Help',
    goal: 'help',
    packet: null,
    input: null,
    timeoutMs: 1_000,
  },
  SendMessage: {
    type: 'SendMessage',
    taskIndex,
    epoch,
    call: 0,
    messageId: childRunId,
    sender: 'a',
    recipient: 'b',
    priority: 0,
    message: 'hello',
  },
  ReceiveMessages: { type: 'ReceiveMessages', taskIndex, epoch, call: 0, messageIds: [] },
  MergeChange: {
    type: 'MergeChange',
    taskIndex,
    epoch,
    expected: null,
    commit: 'c1',
    trunkCommit: 'c1',
    trunkHash: '0'.repeat(64),
    baseCommit: 'c0',
    files: 1,
  },
  ReportConflict: {
    type: 'ReportConflict',
    taskIndex,
    epoch,
    commit: 'c2',
    trunkCommit: 'c1',
    mergeBase: 'c0',
    files: 1,
    paths: ['a.txt'],
  },
  AnswerApproval: { type: 'AnswerApproval', approvalId, answer: { approve: true } },
})

const modelCall = (taskIndex: number, epoch: number) =>
  ({ taskIndex, epoch, call: 0, tryIndex: 0, model: 'p/m', provider: 'p', simulated: false }) as const

type Row<Status extends string> = { [C in CommandType]: { [S in Status]: Outcome } }
const same = <S extends string>(statuses: readonly S[], outcome: Outcome) =>
  Object.fromEntries(statuses.map(status => [status, outcome])) as { [K in S]: Outcome }

/** What a worker says counts while it holds its claim, whether the run is paused or not. */
const held = (outcome: Outcome) => ({ ...same(runStatuses, 'STALE_EPOCH'), RUNNING: outcome, PAUSED: outcome })

/** The total table: a command or a status that is added does not compile until it stands here. */
const runTable: Row<RunStatus> = {
  StartRun: same(runStatuses, 'nothing'),
  ClaimTask: {
    PENDING: 'TaskClaimed',
    RUNNING: 'STALE_EPOCH',
    PAUSED: 'CONFLICT',
    WAITING: 'CONFLICT',
    SUCCEEDED: 'CONFLICT',
    FAILED: 'CONFLICT',
    CANCELLED: 'CONFLICT',
  },
  StartToolCall: {
    PENDING: 'STALE_EPOCH',
    RUNNING: 'ToolCallStarted',
    PAUSED: 'ToolCallStarted',
    WAITING: 'STALE_EPOCH',
    SUCCEEDED: 'STALE_EPOCH',
    FAILED: 'STALE_EPOCH',
    CANCELLED: 'STALE_EPOCH',
  },
  FinishToolCall: {
    PENDING: 'STALE_EPOCH',
    RUNNING: 'ToolCallFinished',
    PAUSED: 'ToolCallFinished',
    WAITING: 'STALE_EPOCH',
    SUCCEEDED: 'STALE_EPOCH',
    FAILED: 'STALE_EPOCH',
    CANCELLED: 'STALE_EPOCH',
  },
  FinishTask: {
    PENDING: 'STALE_EPOCH',
    RUNNING: 'TaskSucceeded RunSucceeded',
    PAUSED: 'TaskSucceeded RunSucceeded',
    WAITING: 'STALE_EPOCH',
    SUCCEEDED: 'nothing',
    FAILED: 'STALE_EPOCH',
    CANCELLED: 'STALE_EPOCH',
  },
  FailTask: {
    PENDING: 'STALE_EPOCH',
    RUNNING: 'TaskFailed RunFailed',
    PAUSED: 'TaskFailed RunFailed',
    WAITING: 'nothing',
    SUCCEEDED: 'STALE_EPOCH',
    FAILED: 'nothing',
    CANCELLED: 'STALE_EPOCH',
  },
  ReleaseTask: {
    PENDING: 'nothing',
    RUNNING: 'TaskReleased TaskReady',
    PAUSED: 'TaskReleased TaskReady',
    WAITING: 'STALE_EPOCH',
    SUCCEEDED: 'STALE_EPOCH',
    FAILED: 'STALE_EPOCH',
    CANCELLED: 'STALE_EPOCH',
  },
  ExpireLease: {
    PENDING: 'nothing',
    RUNNING: 'LeaseExpired TaskReady',
    PAUSED: 'LeaseExpired TaskReady',
    WAITING: 'nothing',
    SUCCEEDED: 'nothing',
    FAILED: 'nothing',
    CANCELLED: 'nothing',
  },
  FireTimer: {
    PENDING: 'nothing',
    RUNNING: 'TaskFailed RunFailed',
    PAUSED: 'TaskFailed RunFailed',
    WAITING: 'nothing',
    SUCCEEDED: 'nothing',
    FAILED: 'nothing',
    CANCELLED: 'nothing',
  },
  StartChild: {
    PENDING: 'STALE_EPOCH',
    RUNNING: 'STALE_EPOCH',
    PAUSED: 'CONFLICT',
    WAITING: 'CONFLICT',
    SUCCEEDED: 'CONFLICT',
    FAILED: 'CONFLICT',
    CANCELLED: 'CONFLICT',
  },
  FinishChild: same(runStatuses, 'nothing'),
  PauseRun: {
    PENDING: 'RunPaused',
    RUNNING: 'RunPaused',
    PAUSED: 'nothing',
    WAITING: 'RunPaused',
    SUCCEEDED: 'CONFLICT',
    FAILED: 'CONFLICT',
    CANCELLED: 'CONFLICT',
  },
  ResumeRun: {
    PENDING: 'nothing',
    RUNNING: 'nothing',
    PAUSED: 'RunResumed',
    WAITING: 'nothing',
    SUCCEEDED: 'CONFLICT',
    FAILED: 'CONFLICT',
    CANCELLED: 'CONFLICT',
  },
  CancelRun: {
    PENDING: 'TaskCancelled RunCancelled',
    RUNNING: 'TaskCancelled RunCancelled',
    PAUSED: 'TaskCancelled RunCancelled',
    WAITING: 'TaskCancelled ApprovalWithdrawn RunCancelled',
    SUCCEEDED: 'CONFLICT',
    FAILED: 'CONFLICT',
    CANCELLED: 'nothing',
  },
  RetryTask: {
    PENDING: 'CONFLICT',
    RUNNING: 'CONFLICT',
    PAUSED: 'CONFLICT',
    WAITING: 'CONFLICT',
    SUCCEEDED: 'RunReopened TaskReset TaskReady',
    FAILED: 'RunReopened TaskReset TaskReady',
    CANCELLED: 'RunReopened TaskReset TaskReady',
  },
  ResetRun: {
    PENDING: 'RunReset',
    RUNNING: 'RunReset TaskReleased TaskReady',
    PAUSED: 'RunReset TaskReleased TaskReady',
    WAITING: 'RunReset',
    SUCCEEDED: 'CONFLICT',
    FAILED: 'CONFLICT',
    CANCELLED: 'CONFLICT',
  },
  ForkRun: same(runStatuses, 'CONFLICT'),
  StartModelCall: held('ModelRouted ModelCallStarted'),
  FinishModelCall: held('ModelCallFinished'),
  FailModelCall: held('ModelCallFailed'),
  RequestApproval: held('ApprovalRequested TaskSuspended'),
  OfferHandoff: held('HandoffOffered TaskPlanned TaskReady TaskSuspended'),
  SendMessage: held('MessageSent'),
  ReceiveMessages: held('ToolCallFinished'),
  MergeChange: held('ChangeMerged'),
  ReportConflict: held('MergeConflicted'),
  AnswerApproval: { ...same(runStatuses, 'NOT_FOUND'), WAITING: 'ApprovalAnswered TaskReady' },
}

const stale = same(taskStatuses, 'STALE_EPOCH')
const nothing = same(taskStatuses, 'nothing')
const taskTable: Omit<Row<TaskStatus>, 'StartRun' | 'PauseRun' | 'ResumeRun' | 'CancelRun'> = {
  // An ended run is told as such before its task is looked at.
  ClaimTask: {
    ...stale,
    READY: 'TaskClaimed',
    SUCCEEDED: 'CONFLICT',
    FAILED: 'CONFLICT',
    BLOCKED: 'CONFLICT',
    CANCELLED: 'CONFLICT',
  },
  StartToolCall: { ...stale, CLAIMED: 'ToolCallStarted' },
  FinishToolCall: { ...stale, CLAIMED: 'ToolCallFinished' },
  FinishTask: { ...stale, CLAIMED: 'TaskSucceeded RunSucceeded', SUCCEEDED: 'nothing' },
  FailTask: { ...stale, CLAIMED: 'TaskFailed RunFailed', WAITING: 'nothing', FAILED: 'nothing', BLOCKED: 'nothing' },
  ReleaseTask: { ...stale, READY: 'nothing', CLAIMED: 'TaskReleased TaskReady' },
  ExpireLease: { ...nothing, CLAIMED: 'LeaseExpired TaskReady' },
  FireTimer: { ...nothing, CLAIMED: 'TaskFailed RunFailed' },
  StartChild: { ...stale, SUCCEEDED: 'CONFLICT', FAILED: 'CONFLICT', BLOCKED: 'CONFLICT', CANCELLED: 'CONFLICT' },
  FinishChild: nothing,
  RetryTask: {
    PLANNED: 'CONFLICT',
    READY: 'CONFLICT',
    CLAIMED: 'CONFLICT',
    WAITING: 'CONFLICT',
    SUCCEEDED: 'RunReopened TaskReset TaskReady',
    FAILED: 'RunReopened TaskReset TaskReady',
    BLOCKED: 'RunReopened TaskReset TaskReady',
    CANCELLED: 'RunReopened TaskReset TaskReady',
    SKIPPED: 'TaskReset TaskSkipped',
  },
  ForkRun: same(taskStatuses, 'CONFLICT'),
  StartModelCall: { ...stale, CLAIMED: 'ModelRouted ModelCallStarted' },
  FinishModelCall: { ...stale, CLAIMED: 'ModelCallFinished' },
  FailModelCall: { ...stale, CLAIMED: 'ModelCallFailed' },
  RequestApproval: { ...stale, CLAIMED: 'ApprovalRequested TaskSuspended' },
  OfferHandoff: { ...stale, CLAIMED: 'HandoffOffered TaskPlanned TaskReady TaskSuspended' },
  SendMessage: { ...stale, CLAIMED: 'MessageSent' },
  ReceiveMessages: { ...stale, CLAIMED: 'ToolCallFinished' },
  MergeChange: { ...stale, CLAIMED: 'ChangeMerged' },
  ReportConflict: { ...stale, CLAIMED: 'MergeConflicted' },
  AnswerApproval: same(taskStatuses, 'NOT_FOUND'),
  ResetRun: {
    PLANNED: 'RunReset',
    READY: 'RunReset',
    SKIPPED: 'RunReset',
    CLAIMED: 'RunReset TaskReleased TaskReady',
    WAITING: 'RunReset TaskReady',
    SUCCEEDED: 'CONFLICT',
    FAILED: 'CONFLICT',
    BLOCKED: 'CONFLICT',
    CANCELLED: 'CONFLICT',
  },
}

describe('every command in every status of a run', () => {
  for (const [type, row] of Object.entries(runTable)) {
    it.each(Object.entries(row))(`${type} while %s → %s`, (status, expected) => {
      const history = inStatus[status as RunStatus]()
      const command = commandsFor(0, history.run.tasks[0]?.epoch ?? 0)[type as CommandType]
      expect(outcome(() => history.say(command))).toBe(expected)
    })
  }
})

describe('every command about a task in every status of it', () => {
  for (const [type, row] of Object.entries(taskTable)) {
    it.each(Object.entries(row))(`${type} while %s → %s`, (status, expected) => {
      const history = taskIn[status as TaskStatus]()
      const index = indices.get(history) ?? 0
      expect(history.run.tasks[index]?.status).toBe(status)
      const command = commandsFor(index, history.run.tasks[index]?.epoch ?? 0)[type as CommandType]
      expect(outcome(() => history.say(command))).toBe(expected)
    })
  }
})
