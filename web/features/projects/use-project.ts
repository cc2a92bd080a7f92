import { useQuery } from 'urql'
import type { ProjectCardFragment } from '../../gql/graphql.ts'
import { faultOf } from '../../lib/fault.ts'
import { ProjectDocument } from './documents.ts'

export type ProjectView =
  | { state: 'loading' }
  | { state: 'failed'; why: string }
  | { state: 'missing' }
  | { state: 'ready'; project: ProjectCardFragment }

export function useProject(slug: string): ProjectView {
  const [{ data, error }] = useQuery({ query: ProjectDocument, variables: { slug } })
  if (data?.project) return { state: 'ready', project: data.project }
  if (error !== undefined) return { state: 'failed', why: faultOf(error) }
  return data === undefined ? { state: 'loading' } : { state: 'missing' }
}
