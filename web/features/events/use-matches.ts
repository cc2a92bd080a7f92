import { useMemo, useState } from 'react'
import type { Run } from '../../../domain/run/state.ts'
import type { EventLog } from '../../lib/event-log.ts'
import { createLogFilter, type Matches } from '../../lib/log-filter.ts'
import { type EventFilter, isOpen, matcherOf } from './event-filter.ts'
import type { EventSearch } from './use-event-search.ts'

/** Where in the log the events stand that are shown, ascending. */
export type Places = { readonly length: number; at(index: number): number; indexOf(place: number): number }

type Asked = {
  run: Run
  log: EventLog
  filter: EventFilter
  search: EventSearch
  /** Whether only hits are shown. */
  only: boolean
}

/** What is shown, and which of it holds the text that is searched for: places in the log. */
export function useMatches({ run, log, filter, search: { text, found, isHit }, only }: Asked) {
  // The titles of tasks are read when an event is looked at; they never change, so the newest run serves them all.
  const [titles] = useState({ run })
  titles.run = run
  const { matches, fault } = useMemo(() => matcherOf(filter, () => titles.run.tasks), [filter, titles])
  const read = useMemo(() => createLogFilter(matches), [matches])
  // Before the first place that was searched there are no hits.
  const first = found === null ? Number.POSITIVE_INFINITY : found.from - 1
  const readHits = useMemo(
    () => createLogFilter(event => isHit(event) && matches(event), first),
    [isHit, matches, first],
  )
  const hits = readHits(log)
  if (only && text !== '') return { places: placesIn(hits), hits, fault }
  return { places: isOpen(filter) ? allOf(log) : placesIn(read(log)), hits, fault }
}

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
