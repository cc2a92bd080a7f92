/**
 * What of a run lasted, out of its events: for each task when it was queued, at work and waiting, and each call that it
 * made. It is built from the whole log, each event once; a look at the past draws of it what had begun by then.
 */
import type { RecordedEvent } from '../../../domain/run/events.ts'
import type { EventLog } from '../../lib/event-log.ts'
import { taskOf } from '../../lib/event-task.ts'
import type { Tone } from '../../ui/status.tsx'

export type SpanKind = 'queued' | 'work' | 'wait' | 'model' | 'tool'
export type Span = {
  readonly kind: SpanKind
  readonly text: string
  /** Milliseconds since 1970, and the events that say so; null: it goes on. */
  readonly from: number
  readonly fromSeq: number
  to: number | null
  toSeq: number | null
  tone: Tone
}
/** A time in which no task was at work. */
export type Gap = { readonly from: number; readonly to: number }

export type Spans = {
  /** Of each task by its index, in order, one after the other. */
  readonly phases: readonly (readonly Span[] | undefined)[]
  /** Of each task by its index, in the order in which they began. */
  readonly calls: readonly (readonly Span[] | undefined)[]
  readonly gaps: readonly Gap[]
  /** Of the newest event. */
  readonly end: number
  readonly count: number
}

/** A new object whenever there is something new in it; the arrays in it only grow. */
export function createSpanReader(): (log: EventLog) => Spans {
  const phases: Span[][] = []
  const calls: Span[][] = []
  const gaps: Gap[] = []
  const open = new Map<number, Map<number, Span>>()
  let [working, idleSince, read] = [0, 0, 0]
  let spans: Spans = { phases, calls, gaps, end: 0, count: 0 }
  let count = 0

  const close = (span: Span | undefined, { at, seq }: RecordedEvent, tone?: Tone) => {
    if (span === undefined || span.to !== null) return
    span.to = at
    span.toSeq = seq
    span.tone = tone ?? span.tone
    if (span.kind !== 'work') return
    working -= 1
    if (working === 0) idleSince = at
  }
  const begin = (list: Span[][], index: number, span: Span) => {
    list[index] ??= []
    list[index].push(span)
    count += 1
    if (span.kind !== 'work') return
    if (working === 0 && span.from > idleSince && idleSince > 0) gaps.push({ from: idleSince, to: span.from })
    working += 1
  }
  const takePhase = (index: number, event: RecordedEvent, { ends, next }: Phase) => {
    close(phases[index]?.at(-1), event, ends)
    for (const call of open.get(index)?.values() ?? []) close(call, event, 'wait')
    open.delete(index)
    if (next !== null) begin(phases, index, spanOf(event, next))
  }
  const takeCall = (index: number, event: RecordedEvent, call: Call) => {
    const under = open.get(index) ?? new Map<number, Span>()
    open.set(index, under)
    if (call.kind === null) {
      close(under.get(call.number), event, call.tone)
      under.delete(call.number)
      return
    }
    const span = spanOf(event, call)
    under.set(call.number, span)
    begin(calls, index, span)
  }
  const take = (event: RecordedEvent) => {
    idleSince ||= event.at
    const index = taskOf(event)
    if (index === null) return
    // Nearly all events of a long run are of calls: they are asked for first, and are never phases as well.
    const call = callOf(event)
    if (call !== null) return takeCall(index, event, call)
    const phase = phaseOf(event)
    if (phase !== null) takePhase(index, event, phase)
  }
  return log => {
    if (read >= log.length) return spans
    for (; read < log.length; read++) take(log.at(read))
    spans = { phases, calls, gaps, end: log.at(log.length - 1).at, count }
    return spans
  }
}

type Begun = Pick<Span, 'kind' | 'text' | 'tone'>

const spanOf = ({ at, seq }: RecordedEvent, { kind, text, tone }: Begun): Span => {
  return { kind, text, tone, from: at, fromSeq: seq, to: null, toSeq: null }
}

const queued: Begun = { kind: 'queued', text: 'queued', tone: 'ready' }
const work = (text: string): Begun => ({ kind: 'work', text, tone: 'active' })
const wait = (text: string): Begun => ({ kind: 'wait', text, tone: 'wait' })

/** What of a task ends and what begins. `ends`: the tone of what ended. */
type Phase = { readonly ends?: Tone; readonly next: Begun | null }

/** null: it goes on. */
function phaseOf(event: RecordedEvent): Phase | null {
  switch (event.type) {
    case 'TaskReady':
      return { next: queued }
    case 'TaskClaimed':
      return { next: work(`at work, attempt ${event.data.attempt}`) }
    case 'ChildRunStarted':
      return { next: work('a run of its own') }
    case 'TaskExpanded':
      return { ends: 'good', next: wait('its parts are at work') }
    case 'TaskSuspended':
      return {
        ends: 'good',
        next: wait(event.data.forApprovalId === null ? 'waits for another task' : 'waits for a person'),
      }
    case 'TaskAttemptFailed':
      return { ends: 'wait', next: wait('waits for its next attempt') }
    case 'TaskReleased':
    case 'LeaseExpired':
      return { ends: 'wait', next: wait('waits for another worker') }
    case 'TaskSucceeded':
      return { ends: 'good', next: null }
    case 'TaskFailed':
      return { ends: 'bad', next: null }
    case 'TaskBlocked':
      return { ends: 'blocked', next: null }
    case 'TaskCancelled':
    case 'TaskSkipped':
    case 'TaskReset':
      return { ends: 'idle', next: null }
    default:
      return null
  }
}

type Call =
  | { number: number; kind: 'model' | 'tool'; text: string; tone: Tone }
  | { number: number; kind: null; tone: Tone }

function callOf(event: RecordedEvent): Call | null {
  switch (event.type) {
    case 'ModelCallStarted':
      return {
        number: event.data.call,
        kind: 'model',
        text: `${event.data.purpose} on ${event.data.model}`,
        tone: 'idle',
      }
    case 'ModelCallFinished':
      return { number: event.data.call, kind: null, tone: 'good' }
    case 'ModelCallFailed':
      return { number: event.data.call, kind: null, tone: 'wait' }
    case 'ToolCallStarted':
      return { number: event.data.call, kind: 'tool', text: `${event.data.tool}: ${event.data.summary}`, tone: 'idle' }
    case 'ToolCallFinished':
      return { number: event.data.call, kind: null, tone: (event.data.exitCode ?? 0) === 0 ? 'good' : 'wait' }
    default:
      return null
  }
}

/** The first of spans, in order of their beginnings, that may reach beyond a time; spans of a task hardly overlap. */
export const firstBeyond = (spans: readonly Span[], time: number): number =>
  firstWhere(spans, span => (span.to ?? Number.POSITIVE_INFINITY) >= time, 0)

/** The first, from a place on, that begins at a time or later. */
export const firstFrom = (spans: readonly Span[], time: number, place = 0): number =>
  firstWhere(spans, span => span.from >= time, place)

/** For what holds for none of the first ones and for all of the others. Near places are found at once, far ones by halving. */
function firstWhere(spans: readonly Span[], holds: (span: Span) => boolean, from: number): number {
  let [low, high] = [from, from]
  for (let step = 1; high < spans.length && !holds(spans[high] as Span); step *= 2) {
    low = high + 1
    high += step
  }
  high = Math.min(high, spans.length)
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(spans[middle] as Span)) high = middle
    else low = middle + 1
  }
  return low
}
