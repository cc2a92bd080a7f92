import { useQuery } from 'urql'
import type { ApprovalContextQuery } from '../../gql/graphql.ts'
import { toQuestion } from '../../lib/approvals.ts'
import { ApprovalContextDocument } from './documents.ts'

export type ApprovalContext = NonNullable<ApprovalContextQuery['approval']>

/** What a person needs to know beyond the question itself; it is asked for when one looks. */
export function useApprovalContext(id: string | null) {
  const [{ data, fetching, error }] = useQuery({
    query: ApprovalContextDocument,
    variables: { id: id ?? '' },
    pause: id === null,
  })
  const context = data?.approval?.id === id ? (data?.approval ?? null) : null
  return {
    context,
    question: context === null ? null : toQuestion(context),
    state: context !== null ? ('ready' as const) : fetching ? ('loading' as const) : ('missing' as const),
    failed: error !== undefined,
  }
}
