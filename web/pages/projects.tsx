import { useNavigate, useSearch } from '@tanstack/react-router'
import { ProjectList } from '../features/projects/project-list.tsx'
import { useTitle } from './title.ts'

export function ProjectsPage() {
  useTitle('Projects')
  const { create } = useSearch({ from: '/projects' })
  const navigate = useNavigate({ from: '/projects' })
  return (
    <ProjectList
      creating={create === true}
      onCreating={creating => void navigate({ search: creating ? { create: true } : {}, replace: true })}
    />
  )
}
