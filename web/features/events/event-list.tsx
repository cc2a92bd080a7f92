import { type KeyboardEvent, useCallback, useRef, useState } from 'react'
import { toGlobalId } from '../../../domain/ids.ts'
import type { Run } from '../../../domain/run/state.ts'
import type { EventLog } from '../../lib/event-log.ts'
import { taskOf } from '../../lib/event-task.ts'
import { formatCount } from '../../lib/format.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { useNarrow } from '../../lib/media.ts'
import { titleAt } from '../../lib/task-title.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { type EventFilter, isOpen } from './event-filter.ts'
import { EventRow, eventRowHeight, eventRowId } from './event-row.tsx'
import css from './events.module.css'
import { FilterBar } from './filter-bar.tsx'
import { nextHit } from './found.ts'
import { HitBar } from './hit-bar.tsx'
import { useEventSearch } from './use-event-search.ts'
import { useMatches } from './use-matches.ts'

/** What is searched for in all that events hold, as it was typed, and whether nothing else is shown. */
export type Searched = { readonly text: string; readonly only: boolean }

type Props = {
  run: Run
  log: EventLog
  filter: EventFilter
  onFilter(filter: EventFilter): void
  searched: Searched
  onSearch(searched: Searched): void
  /** Seq of the selected event. */
  selected: number | null
  onSelect(seq: number | null): void
}

/** Everything that happened, oldest first, at its end as long as one wants to follow it. */
export function EventList({ run, log, filter, onFilter, searched, onSearch, selected, onSelect }: Props) {
  const search = useEventSearch(toGlobalId('Run', run.id), searched.text)
  const { places, hits, fault } = useMatches({ run, log, filter, search, only: searched.only })
  const follow = useFollow(selected === null, places.length)
  const narrow = useNarrow()
  // Where the detail would take the place of the list, a hit is brought into view instead of being opened.
  const [seen, see] = useState<number | null>(null)
  const current = narrow && selected === null ? seen : selected
  const place = current === null ? null : places.indexOf(current - 1)
  const at = (index: number) => log.at(places.at(index))

  const move = (step: number) => {
    if (places.length === 0) return
    const from = place === null || place < 0 ? (step > 0 ? -1 : places.length) : place
    follow.set(false)
    onSelect(at(Math.min(places.length - 1, Math.max(0, from + step))).seq)
  }
  const hit = current === null ? -1 : hits.indexOf(current - 1)
  const toHit = (step: 1 | -1) => {
    const next = nextHit(hits, current === null ? null : current - 1, step)
    // Whoever selects what is selected takes it back.
    if (next === undefined || next + 1 === selected) return
    follow.set(false)
    if (narrow) see(next + 1)
    else onSelect(next + 1)
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
      <HitBar
        typed={searched.text}
        onType={text => onSearch({ ...searched, text })}
        search={search}
        count={hits.length}
        at={hit < 0 ? null : hit}
        onStep={toHit}
        only={searched.only}
        onOnly={only => onSearch({ ...searched, only })}
      />
      <div className={css.list}>
        {places.length === 0 ? (
          <NoEvents all={log.length} hidden={!isOpen(filter) || searched.only} />
        ) : (
          <VirtualRows
            count={places.length}
            rowHeight={eventRowHeight}
            follow={follow.on}
            onFollow={follow.set}
            reveal={place}
            kind="listbox"
            label="Events of the run"
            active={current === null ? undefined : eventRowId(current)}
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
                  selected={event.seq === current}
                  sought={search.isHit(event) ? search.text : ''}
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

const NoEvents = ({ all, hidden }: { all: number; hidden: boolean }) => (
  <Empty icon="filter" title={hidden ? 'No event matches' : 'Nothing has happened yet'}>
    {hidden ? `${formatCount(all)} events are not shown.` : 'Events appear here the moment they are recorded.'}
  </Empty>
)

/** Following is on until somebody scrolls up or looks at one event; `fresh` counts what came since. */
function useFollow(atFirst: boolean, count: number) {
  const [state, setState] = useState({ on: atFirst, count })
  const newest = useRef(count)
  newest.current = count
  const set = useCallback((on: boolean) => setState({ on, count: newest.current }), [])
  return { on: state.on, set, fresh: state.on ? 0 : Math.max(0, count - state.count) }
}
