import { useNavigate, useSearch } from '@tanstack/react-router'
import { useQuery } from 'urql'
import { RunFilterBar } from '../features/run-lists/filter-bar.tsx'
import { RunList } from '../features/run-lists/run-list.tsx'
import { everyRun, queryOf, searchOf } from '../features/run-lists/run-query.ts'
import { WorkflowsDocument } from '../lib/workflow-documents.ts'
import { Empty } from '../ui/empty.tsx'
import { PageHead } from '../ui/page.tsx'
import { useTitle } from './title.ts'

/** All runs of all projects. What is listed is in the address. */
export function RunsPage() {
  useTitle('Runs')
  const query = queryOf(useSearch({ from: '/runs' }))
  const navigate = useNavigate({ from: '/runs' })
  const [{ data }] = useQuery({ query: WorkflowsDocument })
  return (
    <>
      <PageHead title="Runs" />
      <RunFilterBar
        query={query}
        workflows={data?.workflows.map(({ name }) => name) ?? []}
        onChange={changed => void navigate({ search: searchOf(changed), replace: true })}
      />
      <RunList
        projectId={null}
        query={query}
        onClear={() => void navigate({ search: searchOf(everyRun) })}
        empty={
          <Empty icon="graph" title="Nothing has run yet">
            Start a workflow in a project. It appears here the moment it begins.
          </Empty>
        }
      />
    </>
  )
}
