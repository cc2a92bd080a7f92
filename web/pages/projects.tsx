import { ProjectList } from '../features/projects/project-list.tsx'
import { useTitle } from './title.ts'

export function ProjectsPage() {
  useTitle('Projects')
  return <ProjectList />
}
