import { useQuery } from 'urql'
import { ProjectsDocument } from './documents.ts'

// An empty list names no type by which the cache could know that a new project belongs into it.
const context = { additionalTypenames: ['Project'] }

/** The newest projects. */
export function useProjects(first: number) {
  const [result] = useQuery({ query: ProjectsDocument, variables: { first, after: null }, context })
  return result
}
