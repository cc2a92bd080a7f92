import { useNavigate, useSearch } from '@tanstack/react-router'
import type { EventFilter } from '../features/events/event-filter.ts'
import { EventList } from '../features/events/event-list.tsx'
import { useSignal } from '../lib/hooks.ts'
import { useMoment } from '../lib/run-context.ts'
import { typesOf } from './run-search.ts'

/** The events of a run, with the filter and the selection that stand in the address. */
export function EventsTab() {
  const { run, log } = useSignal(useMoment().view)
  const search = useSearch({ from: '/runs/$runId' })
  const navigate = useNavigate({ from: '/runs/$runId' })
  const filter: EventFilter = {
    text: search.q ?? '',
    types: typesOf(search),
    task: search.of ?? null,
    agent: search.agent ?? null,
    correlation: search.corr ?? null,
  }
  const onFilter = ({ text, types, task, agent, correlation }: EventFilter) =>
    void navigate({
      to: '.',
      replace: true,
      search: ({ q: _q, types: _types, of: _of, agent: _agent, corr: _corr, ...rest }) => ({
        ...rest,
        ...(text === '' ? {} : { q: text }),
        ...(types.length === 0 ? {} : { types: types.join(',') }),
        ...(task === null ? {} : { of: task }),
        ...(agent === null ? {} : { agent }),
        ...(correlation === null ? {} : { corr: correlation }),
      }),
    })
  const onSelect = (seq: number | null) =>
    void navigate({
      to: '.',
      replace: true,
      resetScroll: false,
      search: ({ seq: _, ...rest }) => (seq === null || seq === search.seq ? rest : { ...rest, seq }),
    })
  if (run === null) return null
  return (
    <EventList
      run={run}
      log={log}
      filter={filter}
      onFilter={onFilter}
      selected={search.seq ?? null}
      onSelect={onSelect}
    />
  )
}
