import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react'
import type { Run } from '../../../domain/run/state.ts'
import type { EventLog } from '../../lib/event-log.ts'
import { taskOf } from '../../lib/event-task.ts'
import { formatCount } from '../../lib/format.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { createLogFilter, type Matches } from '../../lib/log-filter.ts'
import { titleAt } from '../../lib/task-title.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { type EventFilter, isOpen, matcherOf } from './event-filter.ts'
import { EventRow, eventRowHeight, eventRowId } from './event-row.tsx'
import css from './events.module.css'
import { FilterBar } from './filter-bar.tsx'

type Props = {
  run: Run
  log: EventLog
  filter: EventFilter
  onFilter(filter: EventFilter): void
  /** Seq of the selected event. */
  selected: number | null
  onSelect(seq: number | null): void
}

/** Everything that happened, oldest first, at its end as long as one wants to follow it. */
export function EventList({ run, log, filter, onFilter, selected, onSelect }: Props) {
  const { places, fault } = useMatches(run, log, filter)
  const follow = useFollow(selected === null, places.length)
  const place = selected === null ? null : places.indexOf(selected - 1)
  const at = (index: number) => log.at(places.at(index))

  const move = (step: number) => {
    if (places.length === 0) return
    const from = place === null || place < 0 ? (step > 0 ? -1 : places.length) : place
    follow.set(false)
    onSelect(at(Math.min(places.length - 1, Math.max(0, from + step))).seq)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    move(step)
  }
  useShortcuts([
    { keys: 'j', title: 'Next event', group: 'Events', run: () => move(1) },
    { keys: 'k', title: 'Previous event', group: 'Events', run: () => move(-1) },
    { keys: 'f', title: 'Follow the end, or stop following', group: 'Events', run: () => follow.set(!follow.on) },
  ])

  return (
    <section className={css.events} aria-label="Events">
      <FilterBar run={run} log={log} filter={filter} fault={fault} found={places.length} onFilter={onFilter} />
      <div className={css.list}>
        {places.length === 0 ? (
          <Empty icon="filter" title={isOpen(filter) ? 'Nothing has happened yet' : 'No event matches'}>
            {isOpen(filter)
              ? 'Events appear here the moment they are recorded.'
              : `${formatCount(log.length)} events are hidden by the filter.`}
          </Empty>
        ) : (
          <VirtualRows
            count={places.length}
            rowHeight={eventRowHeight}
            follow={follow.on}
            onFollow={follow.set}
            reveal={place}
            kind="listbox"
            label="Events of the run"
            active={selected === null ? undefined : eventRowId(selected)}
            onKeyDown={onKeyDown}
          >
            {(index, slot) => {
              const event = at(index)
              return (
                <EventRow
                  key={slot}
                  event={event}
                  place={index}
                  title={titleAt(run.tasks, taskOf(event))}
                  selected={event.seq === selected}
                  onSelect={onSelect}
                />
              )
            }}
          </VirtualRows>
        )}
        {follow.on || follow.fresh === 0 ? null : (
          <div className={css.fresh}>
            <Button look="primary" icon="down" onClick={() => follow.set(true)}>
              {formatCount(follow.fresh)} new
            </Button>
          </div>
        )}
      </div>
    </section>
  )
}

function useMatches(run: Run, log: EventLog, filter: EventFilter) {
  // The titles of tasks are read when an event is looked at; they never change, so the newest run serves them all.
  const [titles] = useState({ run })
  titles.run = run
  const matcher = useMemo(() => matcherOf(filter, () => titles.run.tasks), [filter, titles])
  const read = useMemo(() => createLogFilter(matcher.matches), [matcher])
  return { places: isOpen(filter) ? allOf(log) : placesIn(read(log)), fault: matcher.fault }
}

/** Where in the log the events stand that are shown, ascending. */
type Places = { readonly length: number; at(index: number): number; indexOf(place: number): number }

const placesIn = (matches: Matches): Places => ({
  length: matches.length,
  at: index => matches[index] ?? 0,
  indexOf: place => matches.indexOf(place),
})

/** Without a filter each stands in its own place, and a hundred thousand numbers need not be written down. */
const allOf = ({ length }: EventLog): Places => ({
  length,
  at: index => index,
  indexOf: place => (place < length ? place : -1),
})

/** Following is on until somebody scrolls up or looks at one event; `fresh` counts what came since. */
function useFollow(atFirst: boolean, count: number) {
  const [state, setState] = useState({ on: atFirst, count })
  const newest = useRef(count)
  newest.current = count
  const set = useCallback((on: boolean) => setState({ on, count: newest.current }), [])
  return { on: state.on, set, fresh: state.on ? 0 : Math.max(0, count - state.count) }
}
