/** Answering a question: checked against its form. */
import type { ApprovalRow } from '../db/rows.ts'
import { parseAnswer } from '../domain/answer.ts'
import { OrreryError } from '../domain/errors.ts'
import type { Json } from '../domain/json.ts'
import { cleanJson } from '../domain/run/clean.ts'
import { actorOf, type Context } from './context.ts'

/** Throws OrreryError: BAD_INPUT (every fault of the answer), CONFLICT (settled before, and by whom). */
export async function answerQuestion(approval: ApprovalRow, given: Json, context: Context): Promise<void> {
  const answer = parseAnswer(approval.fields, cleanJson(given))
  // Who resumes with the answer moves the limit, so that only the answer that counts does.
  if (approval.kind === 'budget' && answer.choice === 'raise' && typeof answer.limitMicros !== 'number')
    throw new OrreryError('BAD_INPUT', 'answer: limitMicros: say the new budget in micro-dollars')
  await context.services.handle.handle(
    approval.runId,
    { type: 'AnswerApproval', approvalId: approval.id, answer },
    { actor: actorOf(context), correlationId: context.correlationId },
  )
}
