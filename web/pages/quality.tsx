import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { FilterChips } from '../features/quality/filter-chips.tsx'
import { PointPanel } from '../features/quality/point-panel.tsx'
import { QualityView } from '../features/quality/quality-view.tsx'
import type { QualityFilter } from '../gql/graphql.ts'
import { defaultDays } from '../lib/days.ts'
import { useShortcuts } from '../lib/hooks.ts'
import { DaysChoice } from '../ui/days-choice.tsx'
import { PageBody, PageHead } from '../ui/page.tsx'
import { Beside } from './beside.tsx'
import type { QualitySearch } from './operator-search.ts'
import { useTitle } from './title.ts'

const route = getRouteApi('/quality')

export function QualityPage() {
  useTitle('Quality')
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { days = defaultDays, artifact = null } = search
  const filter = useFilter(search)
  const select = (artifactId: string | null) =>
    void navigate({
      search: ({ artifact: _, ...rest }) => (artifactId === null ? rest : { ...rest, artifact: artifactId }),
    })
  useShortcuts([
    { keys: 'Escape', title: 'Close what stands at the side', group: 'Quality', run: () => select(null) },
    {
      keys: 'x',
      title: 'Take all filters away',
      group: 'Quality',
      run: () => void navigate({ search: ({ days: kept }) => (kept === undefined ? {} : { days: kept }) }),
    },
  ])
  const side =
    artifact === null ? null : <PointPanel artifactId={artifact} filter={filter} onClose={() => select(null)} />
  return (
    <Beside side={side}>
      <PageHead
        title="Quality"
        actions={
          <DaysChoice
            days={days}
            onChoose={chosen => void navigate({ search: before => ({ ...before, days: chosen }) })}
          />
        }
      />
      <PageBody>
        <FilterChips chosen={chosenOf(search)} filter={filter} />
        <QualityView filter={filter} selected={artifact} onSelect={select} />
      </PageBody>
    </Beside>
  )
}

/** The same object while the address asks for the same. */
function useFilter({ days = defaultDays, kind, agent, model, project }: QualitySearch): QualityFilter {
  return useMemo(
    () => ({ days, kind: kind ?? null, agent: agent ?? null, model: model ?? null, projectId: project ?? null }),
    [days, kind, agent, model, project],
  )
}

const chosenOf = ({ kind, agent, model, project }: QualitySearch) => ({
  ...(kind === undefined ? {} : { kind }),
  ...(agent === undefined ? {} : { agent }),
  ...(model === undefined ? {} : { model }),
  ...(project === undefined ? {} : { project }),
})
