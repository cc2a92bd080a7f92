import { Controls } from '../features/design/controls.tsx'
import { Colours, Space, Type } from '../features/design/foundations.tsx'
import { Marks } from '../features/design/marks.tsx'
import { States } from '../features/design/states.tsx'
import { PageBody, PageHead } from '../ui/page.tsx'
import { useTitle } from './title.ts'

/** All components in all states, as they are: what is looked at after every change of a token. */
export function DesignPage() {
  useTitle('Design')
  return (
    <>
      <PageHead title="How the page is drawn" />
      <PageBody>
        <Colours />
        <Type />
        <Space />
        <Marks />
        <Controls />
        <States />
      </PageBody>
    </>
  )
}
