import { memo } from 'react'
import type { Json } from '../../../domain/json.ts'
import type { EventType, RecordedEvent } from '../../../domain/run/events.ts'
import { describe } from '../../lib/describe-event.ts'
import { EventsLink } from '../../lib/events-link.tsx'
import { formatClock, formatCount, formatMoney, formatSpan } from '../../lib/format.ts'
import { AgentMark } from '../../ui/agent-mark.tsx'
import { Ansi } from '../../ui/ansi.tsx'
import { Inert } from '../../ui/inert.tsx'
import { JsonView } from '../../ui/json.tsx'
import { isBlob, type Part, partsOf, textOf } from './entries.ts'
import css from './stream.module.css'

type Props = {
  event: RecordedEvent
  /** Who it was: the agent, and its task. */
  agent: string
  title: string
  /** Whether the entry before was of the same task: then it need not be said again who it was. */
  again: boolean
}

/** One thing that was said or done. */
export const Entry = memo(function Entry({ event, agent, title, again }: Props) {
  return (
    <li className={css.entry} data-again={again || undefined} data-type={event.type}>
      {again ? null : (
        <p className={css.who}>
          <AgentMark name={agent} />
          <span className={css.agent}>{agent}</span>
          <span className={css.task}>{title}</span>
        </p>
      )}
      <div className={css.said}>
        <Said event={event} />
      </div>
      <p className={css.when}>
        <EventsLink seq={event.seq} title={`Event ${event.seq}`}>
          {formatClock(event.at)}
        </EventsLink>
      </p>
    </li>
  )
})

/** What happens to a task, as one would say it of whoever is named above. */
const turns: Partial<Record<EventType, string>> = {
  TaskClaimed: 'begins',
  TaskSucceeded: 'is done',
  TaskFailed: 'failed',
  TaskBlocked: 'is blocked',
  TaskAttemptFailed: 'did not succeed',
  TaskSentBack: 'sends it back',
  MergeConflicted: 'meets a conflict',
  HandoffAccepted: 'takes it over',
  HandoffRefused: 'is refused',
  HandoffTimedOut: 'is not heard in time',
  ApprovalRequested: 'asks a person',
  ApprovalAnswered: 'has an answer',
}

function Said({ event }: { event: RecordedEvent }) {
  switch (event.type) {
    case 'ModelCallFinished': {
      const { output, model, inputTokens, outputTokens, costMicros, durationMs } = event.data
      return (
        <>
          <Parts parts={partsOf(output)} />
          <p className={css.note}>
            {model}, {formatCount(inputTokens)} tokens in, {formatCount(outputTokens)} out, {formatMoney(costMicros)},{' '}
            {formatSpan(durationMs)}
          </p>
        </>
      )
    }
    case 'ToolCallStarted':
      return (
        <p className={css.tool}>
          <span className={css.name}>{event.data.tool}</span> <Inert text={event.data.summary} limit={400} />
        </p>
      )
    case 'ToolCallFinished':
      return <Result event={event} />
    case 'MessageSent':
      return (
        <>
          <p className={css.note}>
            to <strong>{event.data.recipient}</strong>
          </p>
          <blockquote className={css.message}>
            <Inert text={textOf(event.data.message) ?? JSON.stringify(event.data.message)} limit={2_000} />
          </blockquote>
        </>
      )
    case 'HandoffOffered':
      return (
        <>
          <p className={css.note}>
            hands on to <strong>{event.data.agent}</strong>
          </p>
          <blockquote className={css.message}>
            <Inert text={event.data.goal} limit={2_000} />
          </blockquote>
        </>
      )
    default: {
      const { tone, text } = describe(event)
      return (
        <p className={css.turn} data-tone={tone}>
          {turns[event.type] ?? event.type}
          {text === '' ? null : (
            <span className={css.note}>
              {' '}
              <Inert text={text} limit={600} />
            </span>
          )}
        </p>
      )
    }
  }
}

export function Parts({ parts }: { parts: readonly Part[] }) {
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a reply have no other name than their place.
    <PartView key={index} part={part} />
  ))
}

function PartView({ part }: { part: Part }) {
  switch (part.kind) {
    case 'text':
      return (
        <p className={css.text}>
          <Inert text={part.text} />
        </p>
      )
    case 'thinking':
      return (
        <p className={css.thinking}>
          <Inert text={part.text} limit={4_000} />
        </p>
      )
    case 'call':
      return (
        <details className={css.call}>
          <summary>
            <span className={css.name}>{part.name}</span> <Inert text={JSON.stringify(part.input)} limit={160} />
          </summary>
          <JsonView value={part.input} label={`What ${part.name} was asked`} />
        </details>
      )
    case 'elsewhere':
      return <p className={css.note}>Its reply is long and kept beside the event.</p>
  }
}

function Result({ event }: { event: RecordedEvent & { type: 'ToolCallFinished' } }) {
  const { tool, output, exitCode, durationMs } = event.data
  const text = textOf(output)
  const empty = output === null || text === ''
  const how = `${tool} ${exitCode === null || exitCode === 0 ? 'answered' : `ended with ${exitCode}`} in ${formatSpan(durationMs)}`
  if (empty || isBlob(output))
    return (
      <p className={css.result} data-bad={(exitCode ?? 0) !== 0 || undefined}>
        {how}
        {empty ? '' : '; its answer is long and kept beside the event'}
      </p>
    )
  return (
    <details className={css.result} data-bad={(exitCode ?? 0) !== 0 || undefined}>
      <summary>{how}</summary>
      {text === null ? <JsonView value={output as Json} label={`What ${tool} answered`} /> : <Ansi text={text} />}
    </details>
  )
}
