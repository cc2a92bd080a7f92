import { memo, useMemo } from 'react'
import type { Json } from '../../../domain/json.ts'
import type { RecordedEvent } from '../../../domain/run/events.ts'
import { describe } from '../../lib/describe-event.ts'
import { taskOf } from '../../lib/event-task.ts'
import { formatExact, formatSpan } from '../../lib/format.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { createLogFilter } from '../../lib/log-filter.ts'
import { useMoment, useRun, useRunLog } from '../../lib/run-context.ts'
import { titleAt } from '../../lib/task-title.ts'
import { Button } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Inert } from '../../ui/inert.tsx'
import { JsonView } from '../../ui/json.tsx'
import { Panel, Section } from '../../ui/panel.tsx'
import { Bodies } from './bodies.tsx'
import css from './detail.module.css'

type Props = {
  event: RecordedEvent
  onSelect(seq: number | null): void
  onTask(index: number): void
  /** Shows all that the same request caused. */
  onCorrelation(id: string): void
  /** Begins a fork after the event. */
  onFork(seq: number): void
  /** What is searched for, and marked. */
  sought: string
}

/** All of one event: what it says, who caused it, what led to it and what it led to. */
export const EventDetail = memo(function EventDetail(props: Props) {
  const { event, onSelect, onTask, onCorrelation, onFork, sought } = props
  const { tone, text } = describe(event)
  const moment = useMoment()
  const startedAt = useRun(run => run?.startedAt ?? event.at)
  const index = taskOf(event)
  const fork = () => onFork(event.seq)
  useShortcuts([{ keys: 'B', title: 'Fork the run after the selected event', group: 'Events', run: fork }])
  return (
    <Panel
      title={event.type}
      lead={<i className={css.dot} data-tone={tone} />}
      actions={
        <Button icon="branch" keys="B" onClick={fork}>
          Fork here
        </Button>
      }
      onClose={() => onSelect(null)}
    >
      {text === '' ? null : (
        <p className={css.text}>
          <Inert text={text} limit={4_000} sought={sought} />
        </p>
      )}
      <Facts
        facts={{
          Number: <span className="tabular">{event.seq}</span>,
          When: `${formatExact(event.at)}, ${formatSpan(event.at - startedAt)} into the run`,
          '': (
            <button type="button" className={css.link} onClick={() => moment.go(event.seq)}>
              Show this moment
            </button>
          ),
          Task:
            index === null ? null : (
              <button type="button" className={css.link} onClick={() => onTask(index)}>
                <TaskTitle index={index} />
              </button>
            ),
          'Caused by': `${event.actor.name} (${event.actor.kind})`,
          'Followed from':
            event.causationSeq === null ? 'outside' : <Cause seq={event.causationSeq} onSelect={onSelect} />,
          'Led to': <Effects key={event.seq} seq={event.seq} onSelect={onSelect} />,
          Request: (
            <button type="button" className={css.link} onClick={() => onCorrelation(event.correlationId)}>
              <code>{event.correlationId}</code>
            </button>
          ),
        }}
      />
      <Bodies key={event.seq} event={event} />
      <Section title="Data">
        <JsonView value={event.data as unknown as Json} label="Data of the event" sought={sought} />
      </Section>
    </Panel>
  )
})

/** Of the moment that is shown; a task of a later one has no title yet. */
function TaskTitle({ index }: { index: number | null }) {
  return useRun(run => titleAt(run?.tasks ?? [], index))
}

type NearProps = { onSelect(seq: number): void }

function EventButton({ event, onSelect }: NearProps & { event: RecordedEvent }) {
  return (
    <button type="button" className={css.link} onClick={() => onSelect(event.seq)}>
      {event.seq} {event.type}
      <span className={css.of}>
        <TaskTitle index={taskOf(event)} />
      </span>
    </button>
  )
}

function Cause({ seq, onSelect }: NearProps & { seq: number }) {
  const event = useRunLog(log => (seq <= log.length ? log.at(seq - 1) : null))
  return event === null ? null : <EventButton event={event} onSelect={onSelect} />
}

/** More than these are counted. */
const shownEffects = 12

/** What followed from it, as far as it has happened. */
function Effects({ seq, onSelect }: NearProps & { seq: number }) {
  const { view } = useMoment()
  // Nothing follows from an event before it has happened.
  const read = useMemo(() => createLogFilter(event => event.causationSeq === seq, seq), [seq])
  const places = useRunLog(read)
  if (places.length === 0) return <span className={css.of}>nothing so far</span>
  return (
    <ul className={css.effects}>
      {places.slice(0, shownEffects).map(place => (
        <li key={place}>
          <EventButton event={view.get().log.at(place)} onSelect={onSelect} />
        </li>
      ))}
      {places.length > shownEffects ? <li className={css.of}>and {places.length - shownEffects} more</li> : null}
    </ul>
  )
}
