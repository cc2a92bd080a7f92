import { Link } from '@tanstack/react-router'
import { RunList } from '../features/runs/run-list.tsx'
import { ButtonFace, buttonClass } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { PageHead } from '../ui/page.tsx'
import { useTitle } from './title.ts'

/** What happens everywhere, now and lately. */
export function HomePage() {
  useTitle('Runs')
  return (
    <>
      <PageHead title="Runs" />
      <RunList
        projectId={null}
        empty={
          <Empty
            icon="graph"
            title="Nothing has run yet"
            action={
              <Link to="/projects" className={buttonClass} data-look="primary">
                <ButtonFace icon="folder">Go to the projects</ButtonFace>
              </Link>
            }
          >
            Choose a project, or create one, and start a workflow in it. It appears here the moment it begins.
          </Empty>
        }
      />
    </>
  )
}
