import { ApprovalInbox } from '../features/approvals/inbox.tsx'
import { PageHead } from '../ui/page.tsx'
import { useTitle } from './title.ts'

export function ApprovalsPage() {
  useTitle('Approvals')
  return (
    <>
      <PageHead title="Approvals" />
      <ApprovalInbox />
    </>
  )
}
