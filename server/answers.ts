/** Answering a question: checked against its form, with what must happen before the run hears of it. */
import type { ApprovalRow } from '../db/rows.ts'
import { parseAnswer } from '../domain/answer.ts'
import type { BudgetKind } from '../domain/budget.ts'
import { OrreryError } from '../domain/errors.ts'
import type { Json } from '../domain/json.ts'
import { cleanJson } from '../domain/run/clean.ts'
import { actorOf, type Context } from './context.ts'

/** Throws OrreryError: BAD_INPUT (every fault of the answer), CONFLICT (settled before, and by whom). */
export async function answerQuestion(approval: ApprovalRow, given: Json, context: Context): Promise<void> {
  const answer = parseAnswer(approval.fields, cleanJson(given))
  // A budget is raised before the run goes on: it would stand at the same limit otherwise.
  if (approval.kind === 'budget' && approval.status === 'OPEN' && answer.choice === 'raise')
    await raiseBudget(approval, answer.limitMicros, context)
  await context.services.handle.handle(
    approval.runId,
    { type: 'AnswerApproval', approvalId: approval.id, answer },
    { actor: actorOf(context), correlationId: context.correlationId },
  )
}

type BudgetFacts = { scope: { kind: BudgetKind; id: string } }

async function raiseBudget(approval: ApprovalRow, limit: unknown, { reads }: Context): Promise<void> {
  if (typeof limit !== 'number')
    throw new OrreryError('BAD_INPUT', 'answer: limitMicros: say the new budget in micro-dollars')
  const { scope } = approval.facts as unknown as BudgetFacts
  await reads.budgets.setLimit(scope, limit)
}
