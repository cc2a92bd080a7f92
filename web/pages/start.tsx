import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { StartRun } from '../features/projects/start-run.tsx'
import { ProposalCard } from '../features/proposals/proposal-card.tsx'
import { SentenceForm } from '../features/proposals/sentence-form.tsx'
import type { ProjectCardFragment } from '../gql/graphql.ts'
import { PageHead } from '../ui/page.tsx'
import css from './project.module.css'
import { ProjectCrumbs, WithProject } from './project-frame.tsx'
import { useTitle } from './title.ts'

export function StartPage() {
  const { slug } = useParams({ from: '/projects/$slug/start' })
  return <WithProject slug={slug}>{project => <Start project={project} />}</WithProject>
}

/** A run from a sentence, or from a template. */
function Start({ project }: { project: ProjectCardFragment }) {
  useTitle(`Start a run · ${project.name}`)
  const { workflow, proposal } = useSearch({ from: '/projects/$slug/start' })
  const navigate = useNavigate({ from: '/projects/$slug/start' })
  const crumbs = (
    <>
      <ProjectCrumbs /> <span aria-hidden="true">/</span>
      <Link to="/projects/$slug" params={{ slug: project.slug }}>
        {project.name}
      </Link>
    </>
  )
  return (
    <>
      <PageHead title="Start a run" crumbs={crumbs} />
      <div className={css.sentence}>
        {proposal === undefined ? (
          <SentenceForm
            projects={[project]}
            chosen={project.id}
            onChoose={() => {}}
            onProposed={id => void navigate({ to: '.', search: { proposal: id } })}
          />
        ) : (
          <ProposalCard
            id={proposal}
            onStarted={runId => void navigate({ to: '/runs/$runId', params: { runId } })}
            onDismiss={() => void navigate({ to: '.', search: {} })}
          />
        )}
      </div>
      {proposal === undefined ? (
        <>
          <p className={css.or}>Or choose what is done, step by step:</p>
          <StartRun
            project={project}
            chosen={workflow}
            onChoose={name => void navigate({ to: '.', search: { workflow: name }, replace: true })}
          />
        </>
      ) : null}
    </>
  )
}
