import { Link } from '@tanstack/react-router'
import { faultOf } from '../../lib/fault.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { Bars, Empty } from '../../ui/empty.tsx'
import { PageHead } from '../../ui/page.tsx'
import { Ago } from '../../ui/time.tsx'
import { CreateProject } from './create-project.tsx'
import css from './projects.module.css'
import { useProjects } from './use-projects.ts'

/** More than fit on one page of the API are reached by their address. */
const shownProjects = 100

export function ProjectList({ creating, onCreating }: { creating: boolean; onCreating(creating: boolean): void }) {
  const { data, error, fetching } = useProjects(shownProjects)
  const create = () => onCreating(true)
  useShortcuts([{ keys: 'c', title: 'Create a project', group: 'Projects', run: create }])
  const projects = data?.projects.nodes
  return (
    <>
      <PageHead
        title="Projects"
        actions={
          <Button look="primary" icon="plus" keys="c" onClick={create}>
            New project
          </Button>
        }
      />
      {creating ? <CreateProject onClose={() => onCreating(false)} /> : null}
      {projects === undefined && fetching ? (
        <Bars rows={4} height={56} />
      ) : projects === undefined ? (
        <Empty icon="warning" title="The projects could not be read">
          {error === undefined ? '' : faultOf(error)}
        </Empty>
      ) : projects.length === 0 ? (
        <Empty
          icon="folder"
          title="No project yet"
          action={
            <Button look="primary" icon="plus" onClick={create}>
              Create the first one
            </Button>
          }
        >
          A project is what is being developed, usually a git repository. Runs belong to it.
        </Empty>
      ) : (
        <ul aria-label="Projects">
          {projects.map(project => (
            <li key={project.id} className={css.row}>
              <span className={css.what}>
                <Link to="/projects/$slug" params={{ slug: project.slug }} className={css.name}>
                  {project.name}
                </Link>
                <span className={css.note}>{project.repository ?? project.description}</span>
              </span>
              <span className={css.when}>
                <Ago at={Date.parse(project.createdAt)} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
