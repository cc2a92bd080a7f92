/** The questions of a run, as part of its state. Types only are imported: see state.ts. */
import type { AnswerField, ApprovalKind, DeadlineRule } from '../approval.ts'
import type { Json } from '../json.ts'
import type { Actor, EventData, RecordedEvent } from './events.ts'

export type Approval = {
  id: string
  taskIndex: number
  attempt: number
  kind: ApprovalKind
  title: string
  body: string
  fields: readonly AnswerField[]
  facts: Json
  requestedAt: number
  /** When nobody's answer becomes one. */
  dueAt: number | null
  onDeadline: DeadlineRule
  quorum: number
  /** Asked before the task begins. */
  before: boolean
  /** Whether a first deadline has passed and others were asked. */
  escalated: boolean
  votes: readonly { answer: Json; by: Actor }[]
  status: 'OPEN' | 'ANSWERED' | 'EXPIRED' | 'WITHDRAWN'
  answer: Json
  answeredBy: Actor | null
  closedAt: number | null
  seq: number
}

export function requested(data: EventData<'ApprovalRequested'>, { at, seq }: RecordedEvent): Approval {
  const { approvalId, approvalKind, fields, ...asked } = data
  return {
    ...asked,
    id: approvalId,
    kind: approvalKind,
    fields: fields as unknown as readonly AnswerField[],
    requestedAt: at,
    escalated: false,
    votes: [],
    status: 'OPEN',
    answer: null,
    answeredBy: null,
    closedAt: null,
    seq,
  }
}

export const voted = (approvals: readonly Approval[], data: EventData<'ApprovalVoted'>, by: Actor): Approval[] =>
  changed(approvals, data.approvalId, one => ({ votes: [...one.votes, { answer: data.answer, by }] }))

export const escalated = (approvals: readonly Approval[], data: EventData<'ApprovalEscalated'>): Approval[] =>
  changed(approvals, data.approvalId, () => ({ escalated: true, dueAt: data.dueAt }))

type Closing = RecordedEvent & { type: 'ApprovalAnswered' | 'ApprovalExpired' | 'ApprovalWithdrawn' }
const endOf = { ApprovalAnswered: 'ANSWERED', ApprovalExpired: 'EXPIRED', ApprovalWithdrawn: 'WITHDRAWN' } as const

export const closeApproval = (approvals: readonly Approval[], event: Closing): Approval[] =>
  changed(approvals, event.data.approvalId, () => ({
    status: endOf[event.type],
    answer: event.type === 'ApprovalAnswered' ? event.data.answer : null,
    answeredBy: event.type === 'ApprovalAnswered' ? event.actor : null,
    closedAt: event.at,
    dueAt: null,
  }))

const changed = (
  approvals: readonly Approval[],
  id: string,
  change: (approval: Approval) => Partial<Approval>,
): Approval[] => approvals.map(one => (one.id === id ? { ...one, ...change(one) } : one))
