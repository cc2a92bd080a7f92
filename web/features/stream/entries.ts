/** What agents say and do, out of the events of their run, in the order in which it happened. */
import type { Json } from '../../../domain/json.ts'
import type { EventType, RecordedEvent } from '../../../domain/run/events.ts'
import { createLogFilter } from '../../lib/log-filter.ts'

/** A piece of what a model said. */
export type Part =
  | { readonly kind: 'text' | 'thinking'; readonly text: string }
  | { readonly kind: 'call'; readonly name: string; readonly input: Json }
  /** It is kept beside the event, because it is too large for it. */
  | { readonly kind: 'elsewhere' }

/** Those that are part of the conversation. */
const told: ReadonlySet<EventType> = new Set<EventType>([
  'TaskClaimed',
  'ModelCallFinished',
  'ModelCallFailed',
  'ToolCallStarted',
  'ToolCallFinished',
  'MessageSent',
  'MergeConflicted',
  'HandoffOffered',
  'HandoffAccepted',
  'HandoffRefused',
  'HandoffTimedOut',
  'ApprovalRequested',
  'ApprovalAnswered',
  'TaskSentBack',
  'TaskSucceeded',
  'TaskFailed',
  'TaskBlocked',
  'TaskAttemptFailed',
])
export const isTold = (event: RecordedEvent): boolean => told.has(event.type)
/** Of all agents together. */
export const createToldFilter = () => createLogFilter(isTold)

/** The parts of a model's reply, as its event keeps them. What has another form is shown as it is. */
export function partsOf(output: Json): readonly Part[] {
  if (!Array.isArray(output)) return isBlob(output) ? [{ kind: 'elsewhere' }] : []
  return output.flatMap((part): Part[] => {
    const { type, text, name, input } = (part ?? {}) as Record<string, Json>
    if ((type === 'text' || type === 'thinking') && typeof text === 'string')
      return text === '' ? [] : [{ kind: type, text }]
    if (type === 'tool-call' && typeof name === 'string') return [{ kind: 'call', name, input: input ?? null }]
    return []
  })
}

/** What a tool answered, where it is a text: most of them say it so. */
export function textOf(output: Json): string | null {
  if (typeof output === 'string') return output
  if (typeof output !== 'object' || output === null || Array.isArray(output)) return null
  const { text } = output as Record<string, Json>
  return typeof text === 'string' ? text : null
}

export const isBlob = (value: Json): boolean => typeof value === 'object' && value !== null && '$blob' in value
