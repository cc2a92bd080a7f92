import { Link } from '@tanstack/react-router'
import { KeyList } from '../features/settings/keys.tsx'
import { Look, Notifications } from '../features/settings/look.tsx'
import { OrganisationBudget } from '../features/settings/organisation-budget.tsx'
import { Button } from '../ui/button.tsx'
import { PageBody, PageHead, Part } from '../ui/page.tsx'
import { useTitle } from './title.ts'

/** What belongs to whoever looks, and what belongs to all. */
export function SettingsPage() {
  useTitle('Settings')
  return (
    <>
      <PageHead
        title="Settings"
        actions={
          <form method="post" action="/sign-out">
            <Button type="submit" icon="exit">
              Sign out
            </Button>
          </form>
        }
      />
      <PageBody narrow>
        <Part title="This browser" aside={<Link to="/design">How the page is drawn</Link>}>
          <Look />
          <Notifications />
        </Part>
        <Part title="Budget of the organisation">
          <OrganisationBudget />
        </Part>
        <Part title="Keys">
          <KeyList />
        </Part>
      </PageBody>
    </>
  )
}
