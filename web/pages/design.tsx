import { PageBody, PageHead } from '../ui/page.tsx'
import { useTitle } from './title.ts'

export function DesignPage() {
  useTitle('Design')
  return (
    <>
      <PageHead title="Design" />
      <PageBody>{null}</PageBody>
    </>
  )
}
