import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ProjectOverviewQuery } from '../../gql/graphql.ts'
import { faultOf } from '../../lib/fault.ts'
import { counted, formatMoney } from '../../lib/format.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { Bars, Empty } from '../../ui/empty.tsx'
import { PageHead } from '../../ui/page.tsx'
import { Simulated } from '../../ui/simulated.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import { Ago } from '../../ui/time.tsx'
import { CreateProject } from './create-project.tsx'
import css from './projects.module.css'
import { useProjectOverview } from './use-project-overview.ts'

export function ProjectList({ creating, onCreating }: { creating: boolean; onCreating(creating: boolean): void }) {
  const [pages, setPages] = useState<readonly (string | null)[]>([null])
  const create = () => onCreating(true)
  useShortcuts([{ keys: 'c', title: 'Create a project', group: 'Projects', run: create }])
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
      {pages.map((after, index) => (
        <Page
          key={after}
          after={after}
          isLast={index === pages.length - 1}
          onCreate={create}
          onMore={next => setPages([...pages, next])}
        />
      ))}
    </>
  )
}

type PageProps = { after: string | null; isLast: boolean; onCreate(): void; onMore(after: string): void }

function Page({ after, isLast, onCreate, onMore }: PageProps) {
  const { data, error, fetching } = useProjectOverview(after)
  if (data === undefined && fetching) return <Bars rows={4} height={60} />
  if (data === undefined)
    return (
      <Empty icon="warning" title="The projects could not be read">
        {error === undefined ? '' : faultOf(error)}
      </Empty>
    )
  const { nodes, pageInfo } = data.projects
  if (nodes.length === 0)
    return (
      <Empty
        icon="folder"
        title="No project yet"
        action={
          <Button look="primary" icon="plus" onClick={onCreate}>
            Create the first one
          </Button>
        }
      >
        A project is what is being developed, usually a git repository. Runs belong to it.
      </Empty>
    )
  return (
    <>
      <ul aria-label="Projects">
        {nodes.map(project => (
          <ProjectRow key={project.id} project={project} />
        ))}
      </ul>
      {isLast && pageInfo.hasNextPage && pageInfo.endCursor !== null ? (
        <div className={css.more}>
          <Button onClick={() => onMore(pageInfo.endCursor as string)}>Show older projects</Button>
        </div>
      ) : null}
    </>
  )
}

type Overview = ProjectOverviewQuery['projects']['nodes'][number]

function ProjectRow({ project }: { project: Overview }) {
  const { slug, name, repository, description, simulated, budget, runs, createdAt } = project
  const [newest] = runs.nodes
  const [spent, limit] = [Number(budget.spent), budget.limit === null ? null : Number(budget.limit)]
  return (
    <li className={css.row}>
      <span className={css.what}>
        <span className={css.nameLine}>
          <Link to="/projects/$slug" params={{ slug }} className={css.name}>
            {name}
          </Link>
          {simulated ? <Simulated /> : null}
        </span>
        <span className={css.note}>{repository === null ? description : <code>{repository}</code>}</span>
      </span>
      <span className={css.newest}>
        {newest === undefined ? null : (
          <>
            <StatusIcon status={newest.status} label />
            <span className={css.newestTitle}>{newest.title}</span>
          </>
        )}
      </span>
      <span className={css.count}>{runs.totalCount === 0 ? 'no run yet' : counted(runs.totalCount, 'run')}</span>
      <span className={css.count}>
        {limit === null ? (spent === 0 ? '' : formatMoney(spent)) : `${formatMoney(spent)} of ${formatMoney(limit)}`}
      </span>
      <span className={css.when}>
        <Ago at={Date.parse(newest?.startedAt ?? createdAt)} />
      </span>
    </li>
  )
}
