import { useParams } from '@tanstack/react-router'
import { Members } from '../features/projects/members.tsx'
import { ProjectBudget } from '../features/projects/project-budget.tsx'
import { ProjectSettings } from '../features/projects/project-settings.tsx'
import type { ProjectCardFragment } from '../gql/graphql.ts'
import { PageBody, Part } from '../ui/page.tsx'
import { ProjectFrame, WithProject } from './project-frame.tsx'
import { useTitle } from './title.ts'

export function ProjectSettingsPage() {
  const { slug } = useParams({ from: '/projects/$slug/settings' })
  return (
    <WithProject slug={slug}>
      {project => (
        <ProjectFrame project={project}>
          <Settings key={project.id} project={project} />
        </ProjectFrame>
      )}
    </WithProject>
  )
}

function Settings({ project }: { project: ProjectCardFragment }) {
  useTitle(`Settings · ${project.name}`)
  return (
    <PageBody narrow>
      <Part title="Budget">
        <ProjectBudget projectId={project.id} />
      </Part>
      <Part title="The project">
        <ProjectSettings project={project} />
      </Part>
      <Part title="Who may act">
        <Members />
      </Part>
    </PageBody>
  )
}
