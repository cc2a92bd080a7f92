import { Link, useSearch } from '@tanstack/react-router'
import { SpendingList } from '../features/spending/spending-list.tsx'
import { useToday } from '../lib/use-spending.ts'
import { PageBody, PageHead } from '../ui/page.tsx'
import { useTitle } from './title.ts'

/** The rows of the ledger behind a sum: `from` in the address, or midnight. */
export function SpendingPage() {
  useTitle('Spending')
  const { from, project } = useSearch({ from: '/spending' })
  const today = useToday()
  return (
    <>
      <PageHead title="What was spent" crumbs={<Link to="/">Home</Link>} />
      <PageBody>
        <SpendingList from={from === undefined ? today : Date.parse(from)} projectId={project ?? null} />
      </PageBody>
    </>
  )
}
