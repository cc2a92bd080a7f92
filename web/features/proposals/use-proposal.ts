import { useEffect, useState } from 'react'
import type { ProposalCardFragment } from '../../gql/graphql.ts'
import { useApp } from '../../lib/app-context.ts'
import { ProposalChangedDocument } from './documents.ts'

export type ProposalView =
  | { state: 'loading' }
  | { state: 'failed'; why: string }
  | { state: 'ready'; proposal: ProposalCardFragment }

/** A proposal as it is now, while it is thought about and after. */
export function useProposal(id: string): ProposalView {
  const { live } = useApp()
  const [view, setView] = useState<ProposalView>({ state: 'loading' })
  useEffect(() => {
    setView({ state: 'loading' })
    return live.subscribe(ProposalChangedDocument, () => ({ id }), {
      data: ({ proposalChanged }) => setView({ state: 'ready', proposal: proposalChanged }),
      fault: ({ message }) => setView({ state: 'failed', why: message }),
      end: () => {},
    })
  }, [live, id])
  return view
}
