import { useQuery } from 'urql'
import { faultOf } from '../../lib/fault.ts'
import { WorkflowDocument } from './documents.ts'
import type { Workflow } from './workflow-view.tsx'

export type Found =
  | { state: 'loading' }
  | { state: 'failed'; fault: string }
  | { state: 'none' }
  | { state: 'ready'; workflow: Workflow }

/** The workflow of a name, as it is in force. */
export function useWorkflow(name: string): Found {
  const [{ data, error }] = useQuery({ query: WorkflowDocument, variables: { name } })
  if (data === undefined) return error === undefined ? { state: 'loading' } : { state: 'failed', fault: faultOf(error) }
  return data.workflow === null ? { state: 'none' } : { state: 'ready', workflow: data.workflow }
}
