import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { isRunEnded } from '../../domain/run/state.ts'
import { FirstSteps } from '../features/home/first-steps.tsx'
import { Today } from '../features/home/today.tsx'
import { Waiting } from '../features/home/waiting.tsx'
import { useProjects } from '../features/projects/use-projects.ts'
import { SentenceForm } from '../features/proposals/sentence-form.tsx'
import { RunsNow } from '../features/run-lists/runs-now.tsx'
import { useRunsNow } from '../features/run-lists/use-run-list.ts'
import { useSignal } from '../lib/hooks.ts'
import { Bars } from '../ui/empty.tsx'
import css from './home.module.css'
import { useTitle } from './title.ts'

/** Only whoever has said what is wanted sees one. */
const ProposalCard = lazy(async () => ({
  default: (await import('../features/proposals/proposal-card.tsx')).ProposalCard,
}))

/** As many as one chooses from in a list; the project's own page has the field too. */
const offeredProjects = 100

/** What is at work, what waits for whoever looks, what ended, what it costs; and how something is begun. */
export function HomePage() {
  useTitle('Home')
  const runs = useSignal(useRunsNow())
  const { data } = useProjects(offeredProjects)
  const projects = data?.projects.nodes ?? []
  const isNew = runs.state === 'ready' && data !== undefined && !runs.runs.some(run => isRunEnded(run.status))
  return (
    <div className={css.page}>
      <h1 className={css.title}>Home</h1>
      <div className={css.columns}>
        <div className={css.main}>
          <div className={css.begin}>
            {isNew ? (
              <FirstSteps
                hasRun={runs.runs.length > 0}
                hasOwnProject={projects.some(({ repository }) => !/\/examples\/[\w-]+$/.test(repository ?? ''))}
              />
            ) : null}
            <Begin projects={projects} />
          </div>
          <div className={css.runs}>
            <RunsNow view={runs} />
          </div>
        </div>
        <aside className={css.side} aria-label="What waits and what it costs">
          <div className={css.waiting}>
            <Waiting />
          </div>
          <div className={css.today}>
            <Today />
          </div>
        </aside>
      </div>
    </div>
  )
}

type Project = { id: string; slug: string; name: string; simulated: boolean }

/** A sentence, and the proposal that came of it. The address names the proposal: a reload shows the same one. */
function Begin({ projects }: { projects: readonly Project[] }) {
  const { proposal } = useSearch({ from: '/' })
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<string>()
  if (proposal !== undefined)
    return (
      <Suspense fallback={<Bars rows={4} height={56} />}>
        <ProposalCard
          id={proposal}
          onStarted={runId => void navigate({ to: '/runs/$runId', params: { runId } })}
          onDismiss={() => void navigate({ to: '/' })}
        />
      </Suspense>
    )
  return (
    <SentenceForm
      projects={projects}
      chosen={chosen}
      onChoose={setChosen}
      onProposed={id => void navigate({ to: '/', search: { proposal: id } })}
    />
  )
}
