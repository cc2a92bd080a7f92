import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useQuery } from 'urql'
import { RunFilterBar } from '../features/run-lists/filter-bar.tsx'
import { RunList } from '../features/run-lists/run-list.tsx'
import { everyRun, queryOf, searchOf } from '../features/run-lists/run-query.ts'
import type { ProjectCardFragment } from '../gql/graphql.ts'
import { WorkflowsDocument } from '../lib/workflow-documents.ts'
import { Empty } from '../ui/empty.tsx'
import { ProjectFrame, StartLink, WithProject } from './project-frame.tsx'
import { useTitle } from './title.ts'

/** A project and its runs. What is listed is in the address. */
export function ProjectPage() {
  const { slug } = useParams({ from: '/projects/$slug' })
  return (
    <WithProject slug={slug}>
      {project => (
        <ProjectFrame project={project}>
          <Runs project={project} />
        </ProjectFrame>
      )}
    </WithProject>
  )
}

function Runs({ project }: { project: ProjectCardFragment }) {
  useTitle(project.name)
  const query = queryOf(useSearch({ from: '/projects/$slug' }))
  const navigate = useNavigate({ from: '/projects/$slug' })
  const [{ data }] = useQuery({ query: WorkflowsDocument })
  return (
    <>
      <RunFilterBar
        query={query}
        workflows={data?.workflows.map(({ name }) => name) ?? []}
        onChange={changed => void navigate({ search: searchOf(changed), replace: true })}
      />
      <RunList
        projectId={project.id}
        query={query}
        onClear={() => void navigate({ search: searchOf(everyRun) })}
        empty={
          <Empty icon="play" title="No run yet" action={<StartLink slug={project.slug} />}>
            {project.repository === null
              ? 'Start a workflow, and watch it here.'
              : `Start a workflow on ${project.repository}, and watch it here.`}
          </Empty>
        }
      />
    </>
  )
}
