import { inJson, patternOf } from '../../../domain/run/event-search.ts'
import type { RecordedEvent } from '../../../domain/run/events.ts'
import { describe, type Line } from '../../lib/describe-event.ts'

/** Characters before the place that was found, and after it. */
const [before, after] = [24, 360]

/** The line of an event. Where the text that it holds stands in none of what is shown, its surroundings are the line. */
export function lineOf(event: RecordedEvent, sought: string): Line {
  const line = describe(event)
  if (sought === '' || patternOf(sought).test(`${event.type} ${line.text}`)) return line
  const data = JSON.stringify(event.data)
  const place = data.search(patternOf(inJson(sought)))
  if (place < 0) return { tone: line.tone, text: `${event.actor.name}: ${line.text}` }
  const from = Math.max(0, place - before)
  return { tone: line.tone, text: `${from > 0 ? '…' : ''}${data.slice(from, place + after)}` }
}
