import { useNavigate, useSearch } from '@tanstack/react-router'
import { ApprovalInbox } from '../features/approvals/inbox.tsx'
import { Evidence } from '../features/artifacts/evidence.tsx'
import { PageHead } from '../ui/page.tsx'
import css from './approvals.module.css'
import { useTitle } from './title.ts'

export function ApprovalsPage() {
  useTitle('Approvals')
  const { approval } = useSearch({ from: '/approvals' })
  const navigate = useNavigate({ from: '/approvals' })
  return (
    <div className={css.page}>
      <PageHead title="Approvals" />
      <ApprovalInbox
        chosen={approval}
        onChoose={id => void navigate({ to: '.', replace: true, search: id === undefined ? {} : { approval: id } })}
        evidence={context => <Evidence kind={context.kind} diff={context.diff} run={context.run} />}
      />
    </div>
  )
}
