/**
 * Decisions about questions to people.
 *
 *   asked ──▶ OPEN ──quorum of yes, or one no──▶ ANSWERED ──▶ whoever waits goes on
 *               ├─ deadline, first of `escalate` ──▶ OPEN, others asked
 *               ├─ deadline ──▶ EXPIRED, which counts as a no
 *               └─ nobody waits any more ──▶ WITHDRAWN
 */
import { yesOrNo } from '../approval.ts'
import { OrreryError } from '../errors.ts'
import type { Json } from '../json.ts'
import type { StepApproval } from '../workflow.ts'
import type { Approval } from './approvals.ts'
import { held } from './claims.ts'
import type { Command, CommandMeta } from './commands.ts'
import type { Draft } from './draft.ts'
import type { Actor } from './events.ts'
import { stableId } from './stable-id.ts'
import { isRunEnded, type Run, type Task } from './state.ts'

type Of<T extends Command['type']> = Extract<Command, { type: T }>

/** An agent asks, and its task waits. Asking what somebody asked before is waiting for the same answer. */
export function requestApproval(draft: Draft, command: Of<'RequestApproval'>, meta: CommandMeta): void {
  const { approvalId, question, call } = command
  const claim = held(draft.run, command)
  const known = draft.run.approvals.find(one => one.id === approvalId)
  // Answered in the meantime: the worker reads the answer instead of waiting for it.
  if (known !== undefined && known.status !== 'OPEN') return
  const dueAt = known?.dueAt ?? (question.timeoutMs === null ? null : meta.now + question.timeoutMs)
  if (known === undefined) {
    const { kind: approvalKind, title, body, onDeadline, quorum, facts } = question
    const asked = { approvalId, approvalKind, title, body, facts, dueAt, onDeadline, quorum, before: false }
    const { taskIndex, attempt } = claim
    draft.emit({
      type: 'ApprovalRequested',
      data: { taskIndex, attempt, ...asked, fields: question.fields as unknown as Json },
    })
  }
  draft.emit({ type: 'TaskSuspended', data: { ...claim, call, forApprovalId: approvalId, forTaskIndex: null, dueAt } })
}

/** What a step or manual mode asks before a task begins; null where nothing is left to ask. */
export type Gate = { name: 'step' | 'go'; approval: StepApproval }

export function gatesOf(run: Run, task: Task): Gate[] {
  const go: StepApproval = {
    title: `Go: ${task.title}`.slice(0, 200),
    body: 'This run goes on step by step.',
    kind: 'go',
    timeoutMs: null,
    onDeadline: 'wait',
    quorum: 1,
  }
  return [
    ...(task.approval === null ? [] : [{ name: 'step' as const, approval: task.approval }]),
    ...(run.manual ? [{ name: 'go' as const, approval: go }] : []),
  ]
}

/** Whoever does a task anew is asked anew. */
export const gateId = (run: Run, task: Task, gate: Gate): string => stableId(run.id, task.index, task.resets, gate.name)

export function requestGate(draft: Draft, task: Task, gate: Gate, meta: CommandMeta): void {
  const { index: taskIndex, attempt, epoch } = task
  const { title, body, kind, timeoutMs, onDeadline, quorum } = gate.approval
  const approvalId = gateId(draft.run, task, gate)
  const dueAt = timeoutMs === null || onDeadline === 'wait' ? null : meta.now + timeoutMs
  const form = {
    fields: yesOrNo as unknown as Json,
    facts: { step: task.key },
    dueAt,
    onDeadline,
    quorum,
    before: true,
  }
  draft.emit(
    { type: 'ApprovalRequested', data: { taskIndex, attempt, approvalId, approvalKind: kind, title, body, ...form } },
    {
      type: 'TaskSuspended',
      data: { taskIndex, attempt, epoch, call: 0, forApprovalId: approvalId, forTaskIndex: null, dueAt },
    },
  )
}

/** The first answer that settles it wins. Throws CONFLICT for a late one: it has no effect, and says whose has. */
export function answerApproval(draft: Draft, command: Of<'AnswerApproval'>, meta: CommandMeta): void {
  const { approvalId, answer } = command
  const approval = draft.run.approvals.find(one => one.id === approvalId)
  if (approval === undefined) throw new OrreryError('NOT_FOUND', `run ${draft.run.id} has no approval ${approvalId}`)
  if (approval.status !== 'OPEN') {
    if (approval.answeredBy?.id === meta.actor.id && JSON.stringify(approval.answer) === JSON.stringify(answer)) return
    throw new OrreryError('CONFLICT', tooLate(approval))
  }
  if (isRunEnded(draft.run.status)) throw new OrreryError('CONFLICT', `the run is ${draft.run.status}`)
  if (approval.votes.some(vote => vote.by.id === meta.actor.id)) {
    throw new OrreryError('CONFLICT', `${meta.actor.name} has voted on this already; it waits for others`)
  }
  if (refuses(answer) || approval.votes.length + 1 >= approval.quorum) {
    return draft.emit({ type: 'ApprovalAnswered', data: { approvalId, answer } })
  }
  draft.emit({ type: 'ApprovalVoted', data: { approvalId, answer } })
}

const refuses = (answer: Json): boolean =>
  answer !== null && typeof answer === 'object' && !Array.isArray(answer) && 'approve' in answer && !answer.approve

const nameOf = (actor: Actor | null): string => actor?.name ?? 'somebody'
function tooLate({ status, answeredBy }: Approval): string {
  if (status === 'ANSWERED') return `${nameOf(answeredBy)} answered this before; your answer has no effect`
  return status === 'EXPIRED'
    ? 'the deadline has passed, which counts as a refusal; your answer has no effect'
    : 'nobody waits for this any more; your answer has no effect'
}

/** The deadline of a question has come. Whoever comes second decides nothing. */
export function expireApproval(draft: Draft, approvalId: string, meta: CommandMeta): void {
  const approval = draft.run.approvals.find(one => one.id === approvalId)
  if (approval === undefined || approval.status !== 'OPEN' || approval.dueAt === null) return
  if (approval.onDeadline === 'escalate' && !approval.escalated) {
    const dueAt = meta.now + (approval.dueAt - approval.requestedAt)
    return draft.emit({ type: 'ApprovalEscalated', data: { approvalId, dueAt } })
  }
  draft.emit({ type: 'ApprovalExpired', data: { approvalId, reason: 'nobody answered in time' } })
}

/** Whoever waited for an answer that is there goes on: to its start, to its next call, or to its end. */
export function afterApproval(draft: Draft, task: Task): void {
  const approval = draft.run.approvals.find(one => one.id === task.waitingFor?.approvalId)
  if (approval === undefined || approval.status === 'OPEN') return
  const { index: taskIndex, attempt, epoch } = task
  if (!approval.before) return draft.emit({ type: 'TaskReady', data: { taskIndex, attempt } })
  if (isYes(approval)) return draft.emit({ type: 'TaskReady', data: { taskIndex, attempt: attempt + 1 } })
  draft.emit({ type: 'TaskFailed', data: { taskIndex, attempt, epoch, error: denied(approval) } })
}

export const isYes = ({ status, answer }: Approval): boolean => status === 'ANSWERED' && !refuses(answer)

function denied({ status, answer, answeredBy }: Approval) {
  const given = answer !== null && typeof answer === 'object' && 'reason' in answer ? answer.reason : ''
  const reason = typeof given === 'string' && given !== '' ? `: ${given}` : ''
  const message =
    status === 'ANSWERED' ? `${nameOf(answeredBy)} said no${reason}` : 'nobody answered in time, which counts as a no'
  return { code: 'DENIED', message, hint: 'Retry the task to be asked again.', retryable: false } as const
}

/** Questions that no task waits for are taken back, so that nobody is asked for nothing. */
export function withdrawApprovals(draft: Draft, reason: string): void {
  if (draft.run.openApprovals === 0) return
  const awaited = new Set(draft.run.tasks.map(task => task.waitingFor?.approvalId))
  for (const { id: approvalId, status } of draft.run.approvals) {
    if (status === 'OPEN' && !awaited.has(approvalId)) {
      draft.emit({ type: 'ApprovalWithdrawn', data: { approvalId, reason } })
    }
  }
}
