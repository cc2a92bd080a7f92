/** Questions to people: individually addressed, typed, with a deadline. */
import { z } from 'zod'
import type { Json } from './json.ts'

/** What a question is about; clients may show each kind in its own way. */
export const approvalKinds = ['plan', 'budget', 'tool', 'push', 'question', 'go', 'quality'] as const
export type ApprovalKind = (typeof approvalKinds)[number]

/** The form of an answer. A client draws it; the server validates against it. */
export const AnswerField = z.strictObject({
  name: z.string().regex(/^[a-z][A-Za-z0-9]{0,40}$/),
  label: z.string().min(1).max(200),
  type: z.enum(['boolean', 'choice', 'text', 'integer']),
  /** For `choice`. */
  options: z
    .array(z.strictObject({ value: z.string().max(100), label: z.string().max(200) }))
    .max(20)
    .default([]),
  required: z.boolean().default(true),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().int().positive().max(10_000).default(2_000),
})
export type AnswerField = z.output<typeof AnswerField>

/** Approve or deny, with a reason. */
export const yesOrNo: readonly AnswerField[] = [
  { name: 'approve', label: 'Approve', type: 'boolean', options: [], required: true, maxLength: 2_000 },
  { name: 'reason', label: 'Reason', type: 'text', options: [], required: false, maxLength: 2_000 },
]

/** What happens when nobody answers in time: the default answer counts as denied, others are asked, or it goes on waiting. */
export const deadlineRules = ['deny', 'escalate', 'wait'] as const
export type DeadlineRule = (typeof deadlineRules)[number]

export type Question = {
  kind: ApprovalKind
  title: string
  /** Markdown; what a person needs in order to decide. */
  body: string
  fields: readonly AnswerField[]
  /** Milliseconds until the deadline; null: none. */
  timeoutMs: number | null
  onDeadline: DeadlineRule
  /** People (or keys) whose agreement it takes; 1 unless told. One refusal ends it. */
  quorum: number
  /** Facts for programs: the call, the amounts, the diff's artifact. */
  facts: Json
  /** Names the question within its task, so that asking twice is asking once; several tasks may wait for one that names none of them. */
  subject: string | null
}

export type Answer = { readonly [field: string]: string | number | boolean | null }

/** What the asker gets: an answer, or that there was none in time. */
export type Answered = { outcome: 'answered' | 'expired'; answer: Answer; by: string }

export const isApproved = ({ outcome, answer }: Answered): boolean => outcome === 'answered' && answer.approve === true
