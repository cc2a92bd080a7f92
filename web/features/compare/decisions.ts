/** What was decided in a run, task by task: which model, who was asked and said what, what was left out, what came back. */
import type { RecordedEvent } from '../../../domain/run/events.ts'
import type { EventLog } from '../../lib/event-log.ts'

export type Decision = {
  readonly kind: 'model' | 'approval' | 'skipped' | 'sent back' | 'handed over'
  /** The same words mean the same decision. */
  readonly text: string
  /** The event that tells of it, the newest of several alike. */
  readonly seq: number
  readonly times: number
}

/** By task, in the order in which they were made; alike ones once, with how often. */
export function decisionsOf(log: EventLog): ReadonlyMap<number, readonly Decision[]> {
  const found = new Map<number, Map<string, Decision>>()
  const asked = new Map<string, { taskIndex: number; title: string }>()
  for (let index = 0; index < log.length; index++) {
    const event = log.at(index)
    if (event.type === 'ApprovalRequested') {
      const { approvalId, taskIndex, title } = event.data
      asked.set(approvalId, { taskIndex, title })
      continue
    }
    const told = toldBy(event, asked)
    if (told === null) continue
    const { taskIndex, kind, text } = told
    const own = found.get(taskIndex) ?? new Map<string, Decision>()
    found.set(taskIndex, own)
    const times = (own.get(`${kind} ${text}`)?.times ?? 0) + 1
    own.set(`${kind} ${text}`, { kind, text, seq: event.seq, times })
  }
  return new Map([...found].map(([taskIndex, own]) => [taskIndex, [...own.values()]]))
}

type Told = { taskIndex: number; kind: Decision['kind']; text: string }

function toldBy(event: RecordedEvent, asked: ReadonlyMap<string, { taskIndex: number; title: string }>): Told | null {
  switch (event.type) {
    case 'ModelRouted':
      return { taskIndex: event.data.taskIndex, kind: 'model', text: event.data.model }
    case 'ModelFellBack':
      return {
        taskIndex: event.data.taskIndex,
        kind: 'model',
        text: `${event.data.model} instead of ${event.data.fromModel}`,
      }
    case 'TaskSkipped':
      return { taskIndex: event.data.taskIndex, kind: 'skipped', text: event.data.reason }
    case 'TaskSentBack':
      return { taskIndex: event.data.toTaskIndex, kind: 'sent back', text: event.data.reason }
    case 'HandoffOffered':
      return { taskIndex: event.data.taskIndex, kind: 'handed over', text: event.data.agent }
    case 'ApprovalAnswered': {
      const question = asked.get(event.data.approvalId)
      return question === undefined
        ? null
        : { ...question, kind: 'approval', text: `${question.title} ${answerOf(event.data.answer)}` }
    }
    case 'ApprovalExpired': {
      const question = asked.get(event.data.approvalId)
      return question === undefined
        ? null
        : { ...question, kind: 'approval', text: `${question.title} nobody answered` }
    }
    default:
      return null
  }
}

function answerOf(answer: unknown): string {
  if (typeof answer !== 'object' || answer === null) return 'answered'
  if ('approve' in answer) return answer.approve === true ? 'yes' : 'no'
  return 'choice' in answer ? String(answer.choice) : 'answered'
}

/** Whether the same was decided, however often and in whatever order. */
export function sameDecisions(left: readonly Decision[], right: readonly Decision[]): boolean {
  const words = (list: readonly Decision[]) =>
    list
      .map(({ kind, text }) => `${kind} ${text}`)
      .sort()
      .join('\n')
  return words(left) === words(right)
}
