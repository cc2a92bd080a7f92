import { Link, useNavigate, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useProject } from '../features/projects/use-project.ts'
import { RunList } from '../features/runs/run-list.tsx'
import type { ProjectCardFragment } from '../gql/graphql.ts'
import { useShortcuts } from '../lib/hooks.ts'
import { ButtonFace, buttonClass } from '../ui/button.tsx'
import { Bars, Empty } from '../ui/empty.tsx'
import { PageHead } from '../ui/page.tsx'
import { useTitle } from './title.ts'

/** A project and its runs. */
export function ProjectPage() {
  const { slug } = useParams({ from: '/projects/$slug' })
  return <WithProject slug={slug}>{project => <Runs project={project} />}</WithProject>
}

/** Loads the project, or says why there is none. */
export function WithProject({
  slug,
  children,
}: {
  slug: string
  children: (project: ProjectCardFragment) => ReactNode
}) {
  const view = useProject(slug)
  switch (view.state) {
    case 'loading':
      return <Bars rows={6} height={52} />
    case 'missing':
      return (
        <Empty page icon="folder" title="There is no such project">
          It may have been renamed. The list of projects knows.
        </Empty>
      )
    case 'failed':
      return (
        <Empty page icon="warning" title="The project could not be read">
          {view.why}
        </Empty>
      )
    case 'ready':
      return children(view.project)
  }
}

export const ProjectCrumbs = () => <Link to="/projects">Projects</Link>

function Runs({ project }: { project: ProjectCardFragment }) {
  useTitle(project.name)
  const navigate = useNavigate()
  const { slug } = project
  useShortcuts([
    {
      keys: 'n',
      title: 'Start a run',
      group: 'Project',
      run: () => void navigate({ to: '/projects/$slug/start', params: { slug } }),
    },
  ])
  const start = (
    <Link
      to="/projects/$slug/start"
      params={{ slug }}
      className={buttonClass}
      data-look="primary"
      aria-keyshortcuts="n"
    >
      <ButtonFace icon="play" keys="n">
        Start a run
      </ButtonFace>
    </Link>
  )
  return (
    <>
      <PageHead title={project.name} crumbs={<ProjectCrumbs />} actions={start} />
      <RunList
        projectId={project.id}
        empty={
          <Empty icon="play" title="No run yet" action={start}>
            {project.repository === null
              ? 'Start a workflow, and watch it here.'
              : `Start a workflow on ${project.repository}, and watch it here.`}
          </Empty>
        }
      />
    </>
  )
}
