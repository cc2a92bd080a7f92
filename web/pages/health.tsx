import { HealthView } from '../features/health/health-view.tsx'
import { PageBody, PageHead } from '../ui/page.tsx'
import { useTitle } from './title.ts'

export function HealthPage() {
  useTitle('Health')
  return (
    <>
      <PageHead title="Health" />
      <PageBody>
        <HealthView />
      </PageBody>
    </>
  )
}
