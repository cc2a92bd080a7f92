import { ProviderList } from '../features/providers/provider-list.tsx'
import { PageHead } from '../ui/page.tsx'
import { useTitle } from './title.ts'

export function ProvidersPage() {
  useTitle('Providers')
  return (
    <>
      <PageHead title="Providers" />
      <ProviderList />
    </>
  )
}
