import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { DryStep } from '../features/workflows/step-flow.tsx'
import { StepPanel } from '../features/workflows/step-panel.tsx'
import { useWorkflow } from '../features/workflows/use-workflow.ts'
import { WorkflowView } from '../features/workflows/workflow-view.tsx'
import { useShortcuts } from '../lib/hooks.ts'
import { Bars, Empty } from '../ui/empty.tsx'
import { PageHead } from '../ui/page.tsx'
import { Beside } from './beside.tsx'
import { workflowTabs } from './operator-search.ts'
import { useTitle } from './title.ts'

const route = getRouteApi('/workflows/$name')
const words = { steps: 'Steps', variables: 'Variables', versions: 'Versions', try: 'Try it out' } as const

export function WorkflowPage() {
  const { name } = route.useParams()
  const { tab = 'steps', step: chosen = null, from = null, to = null } = route.useSearch()
  const navigate = route.useNavigate()
  const found = useWorkflow(name)
  const [seen, setSeen] = useState<{ name: string; outlook: ReadonlyMap<string, DryStep> } | null>(null)
  // What a dry run said of another workflow is no word about this one.
  const outlook = seen?.name === name ? seen.outlook : null
  const workflow = found.state === 'ready' ? found.workflow : null
  useTitle(workflow?.title ?? name)
  const select = (key: string | null) =>
    void navigate({ search: ({ step: _, ...rest }) => (key === null ? rest : { ...rest, step: key }) })
  useShortcuts([
    ...workflowTabs.map((view, index) => ({
      keys: String(index + 1),
      title: words[view],
      group: 'Workflow',
      run: () =>
        void navigate({
          search: ({ tab: _, step: _step, ...rest }) => (view === 'steps' ? rest : { ...rest, tab: view }),
        }),
    })),
    { keys: 'Escape', title: 'Close what stands at the side', group: 'Workflow', run: () => select(null) },
  ])
  const step = workflow?.steps.find(({ key }) => key === chosen) ?? null
  return (
    <Beside
      side={
        step === null ? null : (
          <StepPanel step={step} dry={outlook?.get(step.key) ?? null} onClose={() => select(null)} />
        )
      }
    >
      <PageHead
        crumbs={<Link to="/workflows">Workflows</Link>}
        title={workflow === null ? name : `${workflow.title}, version ${workflow.version}`}
      />
      {found.state === 'loading' ? <Bars rows={6} height={56} /> : null}
      {found.state === 'failed' ? (
        <Empty icon="warning" title="The workflow could not be read">
          {found.fault}
        </Empty>
      ) : null}
      {found.state === 'none' ? (
        <Empty icon="search" title="There is no such workflow">
          <Link to="/workflows">See those that are in force.</Link>
        </Empty>
      ) : null}
      {workflow === null ? null : (
        <WorkflowView
          key={name}
          workflow={workflow}
          view={tab}
          step={chosen}
          from={from}
          to={to}
          onStep={select}
          outlook={outlook}
          onOutlook={said => setSeen({ name, outlook: said })}
        />
      )}
    </Beside>
  )
}
