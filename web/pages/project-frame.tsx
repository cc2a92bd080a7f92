import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useProject } from '../features/projects/use-project.ts'
import type { ProjectCardFragment } from '../gql/graphql.ts'
import { useShortcuts } from '../lib/hooks.ts'
import { ButtonFace, buttonClass } from '../ui/button.tsx'
import { Bars, Empty } from '../ui/empty.tsx'
import { PageHead } from '../ui/page.tsx'
import { Simulated } from '../ui/simulated.tsx'
import tabs from '../ui/tabs.module.css'
import css from './project.module.css'

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

const views = [
  { to: '/projects/$slug', name: 'Runs' },
  { to: '/projects/$slug/talks', name: 'Conversations' },
  { to: '/projects/$slug/settings', name: 'Settings' },
] as const

/** The head of every page of a project, and the way between them. */
export function ProjectFrame({ project, children }: { project: ProjectCardFragment; children: ReactNode }) {
  const { slug } = project
  useProjectKeys(slug)
  return (
    <div className={css.frame}>
      <PageHead
        title={project.name}
        crumbs={
          <>
            <ProjectCrumbs />
            {project.repository === null ? null : (
              <>
                <span aria-hidden="true">·</span>
                <code className={css.repository}>{project.repository}</code>
              </>
            )}
            {project.simulated ? <Simulated /> : null}
          </>
        }
        actions={<StartLink slug={slug} />}
      />
      <nav className={tabs.tabs} aria-label="Views of the project">
        {views.map(({ to, name }, index) => (
          <Link
            key={to}
            to={to}
            params={{ slug }}
            activeOptions={{ exact: index === 0, includeSearch: false }}
            className={tabs.tab}
          >
            {name}
          </Link>
        ))}
      </nav>
      <div className={css.view}>{children}</div>
    </div>
  )
}

export function StartLink({ slug }: { slug: string }) {
  return (
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
}

function useProjectKeys(slug: string): void {
  const navigate = useNavigate()
  const params = { slug }
  useShortcuts([
    {
      keys: 'n',
      title: 'Start a run',
      group: 'Project',
      run: () => void navigate({ to: '/projects/$slug/start', params }),
    },
    { keys: '1', title: 'Runs', group: 'Project', run: () => void navigate({ to: '/projects/$slug', params }) },
    {
      keys: '2',
      title: 'Conversations',
      group: 'Project',
      run: () => void navigate({ to: '/projects/$slug/talks', params }),
    },
    {
      keys: '3',
      title: 'Settings of the project',
      group: 'Project',
      run: () => void navigate({ to: '/projects/$slug/settings', params }),
    },
  ])
}
