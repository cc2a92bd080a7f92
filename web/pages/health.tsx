import { HealthView } from '../features/health/health-view.tsx'
import { useRowKeys } from '../lib/row-keys.ts'
import { PageBody, PageHead } from '../ui/page.tsx'
import { useTitle } from './title.ts'

export function HealthPage() {
  useTitle('Health')
  useRowKeys('trouble', 'Health')
  return (
    <>
      <PageHead title="Health" />
      <PageBody>
        <HealthView />
      </PageBody>
    </>
  )
}
