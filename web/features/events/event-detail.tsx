import type { Json } from '../../../domain/json.ts'
import type { RecordedEvent } from '../../../domain/run/events.ts'
import type { Run } from '../../../domain/run/state.ts'
import { describe } from '../../lib/describe-event.ts'
import { taskOf } from '../../lib/event-task.ts'
import { formatExact, formatSpan } from '../../lib/format.ts'
import { titleAt } from '../../lib/task-title.ts'
import { Facts } from '../../ui/facts.tsx'
import { JsonView } from '../../ui/json.tsx'
import { Panel, Section } from '../../ui/panel.tsx'
import css from './detail.module.css'

type Props = { event: RecordedEvent; run: Run; onSelect(seq: number | null): void; onTask(index: number): void }

/** All of one event: what it says, who caused it and what led to it. */
export function EventDetail({ event, run, onSelect, onTask }: Props) {
  const { tone, text } = describe(event)
  const index = taskOf(event)
  const cause = event.causationSeq
  return (
    <Panel title={event.type} lead={<i className={css.dot} data-tone={tone} />} onClose={() => onSelect(null)}>
      {text === '' ? null : <p className={css.text}>{text}</p>}
      <Facts
        facts={{
          Seq: <span className="tabular">{event.seq}</span>,
          When: `${formatExact(event.at)}, ${formatSpan(event.at - run.startedAt)} into the run`,
          Task:
            index === null ? null : (
              <button type="button" className={css.link} onClick={() => onTask(index)}>
                {titleAt(run.tasks, index)}
              </button>
            ),
          'Caused by': `${event.actor.name} (${event.actor.kind})`,
          'Followed from':
            cause === null ? (
              'outside'
            ) : (
              <button type="button" className={css.link} onClick={() => onSelect(cause)}>
                event {cause}
              </button>
            ),
          Correlation: <code>{event.correlationId}</code>,
        }}
      />
      <Section title="Data">
        <JsonView value={event.data as unknown as Json} label="Data of the event" />
      </Section>
    </Panel>
  )
}
