/** Which events are shown. The filter stands in the address. */
import type { EventType, RecordedEvent } from '../../../domain/run/events.ts'
import type { Task } from '../../../domain/run/state.ts'
import { describe } from '../../lib/describe-event.ts'
import { taskOf } from '../../lib/event-task.ts'
import { titleAt } from '../../lib/task-title.ts'

export type EventFilter = {
  /** Part of the line; between slashes a regular expression. Case does not matter. */
  readonly text: string
  /** None: all. */
  readonly types: readonly EventType[]
  readonly task: number | null
  /** Name of the agent of the tasks that they are about. */
  readonly agent: string | null
  /** What one request caused. */
  readonly correlation: string | null
  /** Only what came after the event of this seq; 0: all. Of a fork, what it did itself. */
  readonly since: number
}

export const noFilter: EventFilter = { text: '', types: [], task: null, agent: null, correlation: null, since: 0 }

export const isOpen = (filter: EventFilter): boolean =>
  filter.text === '' &&
  filter.types.length === 0 &&
  filter.task === null &&
  filter.agent === null &&
  filter.correlation === null &&
  filter.since === 0

export type Matcher = { matches: (event: RecordedEvent) => boolean; fault: string | null }

/** A regular expression that is none matches nothing and says why. `tasks` names the tasks of the moment. */
export function matcherOf(filter: EventFilter, tasks: () => readonly Task[]): Matcher {
  const text = textMatcher(filter.text)
  if ('fault' in text) return { matches: () => false, fault: text.fault }
  const matches = (event: RecordedEvent): boolean => {
    if (event.seq <= filter.since) return false
    const index = taskOf(event)
    if (filter.types.length > 0 && !filter.types.includes(event.type)) return false
    if (filter.task !== null && index !== filter.task) return false
    if (filter.agent !== null && (index === null || tasks()[index]?.uses !== filter.agent)) return false
    if (filter.correlation !== null && event.correlationId !== filter.correlation) return false
    if (filter.text === '') return true
    return text.test(`${event.type} ${titleAt(tasks(), index)} ${describe(event).text}`)
  }
  return { matches, fault: null }
}

function textMatcher(text: string): { test(line: string): boolean } | { fault: string } {
  const pattern = /^\/(.+)\/$/.exec(text)?.[1]
  const wanted = text.toLowerCase()
  if (pattern === undefined) return { test: line => line.toLowerCase().includes(wanted) }
  try {
    return new RegExp(pattern, 'i')
  } catch (cause) {
    return { fault: cause instanceof Error ? cause.message : 'That is no regular expression.' }
  }
}
