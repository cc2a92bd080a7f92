import { getRouteApi, Link } from '@tanstack/react-router'
import { DecisionList } from '../features/providers/decision-list.tsx'
import { ProviderList } from '../features/providers/provider-list.tsx'
import { defaultDays } from '../lib/days.ts'
import { useRowKeys } from '../lib/row-keys.ts'
import { DaysChoice } from '../ui/days-choice.tsx'
import { PageBody, PageHead, Part } from '../ui/page.tsx'
import { useTitle } from './title.ts'

const route = getRouteApi('/providers')

export function ProvidersPage() {
  useTitle('Models and providers')
  const { days = defaultDays, model = null } = route.useSearch()
  const navigate = route.useNavigate()
  useRowKeys('model', 'Models')
  return (
    <>
      <PageHead
        title="Models and providers"
        actions={
          <DaysChoice
            days={days}
            onChoose={chosen => void navigate({ search: before => ({ ...before, days: chosen }) })}
          />
        }
      />
      <PageBody>
        <ProviderList days={days} />
        <div id="decisions">
          <Part
            title="Why a model was chosen"
            aside={
              model === null ? (
                'newest first, from the events of all runs'
              ) : (
                <Link to="/providers" search={({ model: _, ...rest }) => rest}>
                  {`only ${model}; show all`}
                </Link>
              )
            }
          >
            <DecisionList model={model} />
          </Part>
        </div>
      </PageBody>
    </>
  )
}
