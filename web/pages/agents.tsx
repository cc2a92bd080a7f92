import { getRouteApi } from '@tanstack/react-router'
import { useRef } from 'react'
import { AgentList } from '../features/agents/agent-list.tsx'
import { AgentPanel } from '../features/agents/agent-panel.tsx'
import { defaultDays } from '../lib/days.ts'
import { useShortcuts } from '../lib/hooks.ts'
import { DaysChoice } from '../ui/days-choice.tsx'
import { PageBody, PageHead } from '../ui/page.tsx'
import { SearchField } from '../ui/search-field.tsx'
import css from './agents.module.css'
import { Beside } from './beside.tsx'
import { useTitle } from './title.ts'

const route = getRouteApi('/agents')

export function AgentsPage() {
  useTitle('Agents')
  const { agent = null, days = defaultDays, q = '', failed = false } = route.useSearch()
  const navigate = route.useNavigate()
  const field = useRef<HTMLInputElement>(null)
  const close = () => void navigate({ search: ({ agent: _, failed: _failed, ...rest }) => rest })
  useShortcuts([
    { keys: '/', title: 'Find an agent', group: 'Agents', run: () => field.current?.focus() },
    { keys: 'Escape', title: 'Close what stands at the side', group: 'Agents', run: close },
  ])
  return (
    <Beside side={agent === null ? null : <AgentPanel key={agent} name={agent} failedOnly={failed} onClose={close} />}>
      <PageHead
        title="Agents"
        actions={
          <DaysChoice
            days={days}
            onChoose={chosen => void navigate({ search: before => ({ ...before, days: chosen }) })}
          />
        }
      />
      <PageBody>
        <div className={css.find}>
          <SearchField
            label="Find an agent"
            placeholder="Name, or what it can do"
            value={q}
            field={field}
            onChange={text =>
              void navigate({
                search: ({ q: _, ...rest }) => (text === '' ? rest : { ...rest, q: text }),
                replace: true,
              })
            }
          />
        </div>
        <AgentList days={days} query={q} selected={agent} />
      </PageBody>
    </Beside>
  )
}
