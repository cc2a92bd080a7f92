import { getRouteApi, Link } from '@tanstack/react-router'
import { CheckForm } from '../features/workflows/check-form.tsx'
import { WorkflowList } from '../features/workflows/workflow-list.tsx'
import { useShortcuts } from '../lib/hooks.ts'
import { PageBody, PageHead } from '../ui/page.tsx'
import tabs from '../ui/tabs.module.css'
import { useTitle } from './title.ts'

const route = getRouteApi('/workflows')

export function WorkflowsPage() {
  useTitle('Workflows')
  const { check = false } = route.useSearch()
  const navigate = route.useNavigate()
  useShortcuts([
    { keys: '1', title: 'Workflows in force', group: 'Workflows', run: () => void navigate({ search: {} }) },
    { keys: '2', title: 'Check a workflow', group: 'Workflows', run: () => void navigate({ search: { check: true } }) },
  ])
  return (
    <>
      <PageHead title="Workflows" />
      <nav className={tabs.tabs} aria-label="Views of workflows">
        <Link
          to="/workflows"
          search={{}}
          activeOptions={{ exact: true }}
          className={tabs.tab}
          aria-current={check ? undefined : 'page'}
        >
          In force
        </Link>
        <Link to="/workflows" search={{ check: true }} className={tabs.tab} aria-current={check ? 'page' : undefined}>
          Check one of your own
        </Link>
      </nav>
      <PageBody>{check ? <CheckForm /> : <WorkflowList />}</PageBody>
    </>
  )
}
