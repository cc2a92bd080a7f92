import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { EventFilter } from '../features/events/event-filter.ts'
import { EventList, type Searched } from '../features/events/event-list.tsx'
import { useSignal } from '../lib/hooks.ts'
import { useMoment } from '../lib/run-context.ts'
import { type RunSearch, typesOf } from './run-search.ts'

/** The events of a run, with the filter and the selection that stand in the address. */
export function EventsTab() {
  const { run, log } = useSignal(useMoment().view)
  // One and the same while the address says the same: for a new one, every event is looked at anew.
  const filter = useSearch({ from: '/runs/$runId', select: filterOf, structuralSharing: true })
  const searched = useSearch({ from: '/runs/$runId', select: searchedOf, structuralSharing: true })
  const selected = useSearch({ from: '/runs/$runId', select: search => search.seq ?? null })
  const navigate = useNavigate({ from: '/runs/$runId' })
  const onFilter = useCallback(
    (next: EventFilter) => void navigate({ to: '.', replace: true, search: before => withFilter(before, next) }),
    [navigate],
  )
  const onSearch = useCallback(
    (next: Searched) => void navigate({ to: '.', replace: true, search: before => withSearched(before, next) }),
    [navigate],
  )
  const onSelect = useCallback(
    (next: number | null) =>
      void navigate({
        to: '.',
        replace: true,
        resetScroll: false,
        search: ({ seq, ...rest }) => (next === null || next === seq ? rest : { ...rest, seq: next }),
      }),
    [navigate],
  )
  if (run === null) return null
  return <EventList {...{ run, log, filter, onFilter, searched, onSearch, selected, onSelect }} />
}

const filterOf = (search: RunSearch): EventFilter => ({
  text: search.q ?? '',
  types: typesOf(search),
  task: search.of ?? null,
  agent: search.agent ?? null,
  correlation: search.corr ?? null,
  since: search.since ?? 0,
})

const searchedOf = ({ has = '', hits }: RunSearch): Searched => ({ text: has, only: hits === 'only' })

const withSearched = ({ has: _has, hits: _hits, ...rest }: RunSearch, { text, only }: Searched): RunSearch => ({
  ...rest,
  ...(text === '' ? {} : { has: text }),
  ...(only && text !== '' ? { hits: 'only' } : {}),
})

function withFilter(search: RunSearch, { text, types, task, agent, correlation, since }: EventFilter): RunSearch {
  const { q: _q, types: _types, of: _of, agent: _agent, corr: _corr, since: _since, ...rest } = search
  return {
    ...rest,
    ...(text === '' ? {} : { q: text }),
    ...(types.length === 0 ? {} : { types: types.join(',') }),
    ...(task === null ? {} : { of: task }),
    ...(agent === null ? {} : { agent }),
    ...(correlation === null ? {} : { corr: correlation }),
    ...(since === 0 ? {} : { since }),
  }
}
