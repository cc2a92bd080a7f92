import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { StartRun } from '../features/projects/start-run.tsx'
import type { ProjectCardFragment } from '../gql/graphql.ts'
import { PageHead } from '../ui/page.tsx'
import { ProjectCrumbs, WithProject } from './project.tsx'
import { useTitle } from './title.ts'

export function StartPage() {
  const { slug } = useParams({ from: '/projects/$slug/start' })
  return <WithProject slug={slug}>{project => <Start project={project} />}</WithProject>
}

function Start({ project }: { project: ProjectCardFragment }) {
  useTitle(`Start a run · ${project.name}`)
  const { workflow } = useSearch({ from: '/projects/$slug/start' })
  const navigate = useNavigate({ from: '/projects/$slug/start' })
  const crumbs = (
    <>
      <ProjectCrumbs /> <span aria-hidden="true">/</span>
      <Link to="/projects/$slug" params={{ slug: project.slug }}>
        {project.name}
      </Link>
    </>
  )
  return (
    <>
      <PageHead title="Start a run" crumbs={crumbs} />
      <StartRun
        project={project}
        chosen={workflow}
        onChoose={name => void navigate({ to: '.', search: { workflow: name }, replace: true })}
      />
    </>
  )
}
