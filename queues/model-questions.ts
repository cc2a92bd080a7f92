/** What people are asked when a model call cannot go on without them. */
import type { Question } from '../domain/approval.ts'
import type { BudgetState } from '../domain/budget.ts'
import type { ModelError } from '../domain/model.ts'
import { showMicros } from '../domain/money.ts'

const day = 86_400_000

/** Whoever answers `raise` says the new limit; it is for the whole scope, not for one task, and set when the task resumes. */
export function budgetQuestion(breach: BudgetState, neededMicros: number): Question {
  const { kind, id, limitMicros, spentMicros, reservedMicros } = breach
  const limit = limitMicros ?? 0
  return {
    kind: 'budget',
    title: `The budget of the ${kind} is used up`,
    body: [
      `Of ${showMicros(limit)}, ${showMicros(spentMicros)} are spent and ${showMicros(reservedMicros)} reserved.`,
      `The next call needs at least ${showMicros(neededMicros)}.`,
    ].join(' '),
    fields: [
      {
        name: 'choice',
        label: 'What now',
        type: 'choice',
        options: [
          { value: 'raise', label: 'Raise the budget' },
          { value: 'cheaper', label: 'Go on with cheaper models' },
          { value: 'stop', label: 'Stop here' },
        ],
        required: true,
        maxLength: 100,
      },
      {
        name: 'limitMicros',
        label: 'New budget in micro-dollars',
        type: 'integer',
        options: [],
        required: false,
        minimum: limit + 1,
        maxLength: 100,
      },
    ],
    timeoutMs: 7 * day,
    onDeadline: 'deny',
    quorum: 1,
    facts: { scope: { kind, id }, limitMicros, spentMicros, reservedMicros, neededMicros },
    subject: null,
  }
}

export const keyQuestion = (models: readonly string[], error: ModelError): Question => ({
  kind: 'question',
  title: 'A provider refuses its key',
  body: `${models.join(', ')}: ${error.message}\n\nSet a valid key, start the server again, and then answer here; the task goes on where it stands.`,
  fields: [
    { name: 'approve', label: 'The key is set, go on', type: 'boolean', options: [], required: true, maxLength: 100 },
  ],
  timeoutMs: 7 * day,
  onDeadline: 'deny',
  quorum: 1,
  facts: { models: [...models] },
  subject: null,
})
