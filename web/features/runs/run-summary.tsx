import type { ReactNode } from 'react'
import type { Json } from '../../../domain/json.ts'
import { begunAt, type Run } from '../../../domain/run/state.ts'
import { byImportance } from '../../lib/artifact-order.ts'
import { useCalmView } from '../../lib/calm-view.ts'
import { EventsLink } from '../../lib/events-link.tsx'
import { formatClock, formatExact, formatMoney, formatSpan } from '../../lib/format.ts'
import { limitsOf } from '../../lib/run-limit.ts'
import { tallyOf } from '../../lib/tally.ts'
import { Facts } from '../../ui/facts.tsx'
import { Panel, Section } from '../../ui/panel.tsx'
import { Progress } from '../../ui/progress.tsx'
import { ArtifactLinks } from './run-artifacts.tsx'
import css from './run-summary.module.css'
import { FailureBox } from './task-panel.tsx'

const shownArtifacts = 3
/** By which a task is done. */
const endings = ['TaskSucceeded', 'TaskFailed', 'TaskBlocked', 'TaskSkipped', 'TaskCancelled'] as const

/** The run at a glance. `asked`: what it asks people. `children`: what happens right now. */
export function RunSummary({ asked, children }: { asked?: ReactNode; children: ReactNode }) {
  const { run } = useCalmView()
  if (run === null) return null
  const tally = tallyOf(run.tasks)
  return (
    <Panel title="About this run">
      {run.error === null ? null : <FailureBox failure={run.error} />}
      {asked}
      <div className={css.progress}>
        <p className={css.count}>
          <strong>
            <EventsLink types={endings}>{tally.ended}</EventsLink>
          </strong>{' '}
          of {tally.total} tasks done
          {tally.claimed > 0 ? <span>, {tally.claimed} at work</span> : null}
          {tally.failed > 0 ? <span className={css.failed}>, {tally.failed} failed</span> : null}
        </p>
        <Progress shares={tally.shares} total={tally.total} />
      </div>
      <Facts facts={factsOf(run)} />
      {run.artifacts.length === 0 ? null : (
        <Section
          title="Artifacts"
          aside={run.artifacts.length > shownArtifacts ? `${run.artifacts.length} in all` : null}
        >
          <ArtifactLinks artifacts={byImportance(run.artifacts).slice(0, shownArtifacts)} />
        </Section>
      )}
      {children}
      {Object.keys(variablesOf(run)).length === 0 ? null : (
        <Section title="Started with">
          <Facts
            facts={Object.fromEntries(Object.entries(variablesOf(run)).map(([name, value]) => [name, shown(value)]))}
          />
        </Section>
      )}
    </Panel>
  )
}

const factsOf = (run: Run): Record<string, ReactNode> => ({
  Workflow: `${run.workflow}, version ${run.workflowVersion}`,
  Started: formatExact(begunAt(run)),
  Ended: run.endedAt === null ? null : `${formatClock(run.endedAt)}, after ${formatSpan(run.endedAt - begunAt(run))}`,
  Deadline: run.endedAt !== null || run.dueAt === null ? null : formatClock(run.dueAt),
  Cost: run.spentMicros === 0 && run.budgetMicros === null ? null : costOf(run),
  Models: run.simulated ? 'simulated ones only' : null,
  Manual: run.manual ? 'every task waits for a go' : null,
  Merged: run.trunk === null ? null : <code>{run.trunk.commit.slice(0, 10)}</code>,
  'In parallel': `at most ${run.maxParallel} tasks`,
})

function costOf(run: Run): ReactNode {
  const limit = limitsOf(run).at(-1)?.micros
  return (
    <>
      <EventsLink types={['ModelCallFinished', 'ModelCallFailed']}>{formatMoney(run.spentMicros)}</EventsLink>
      {limit === undefined ? '' : ` of ${formatMoney(limit)}`}
    </>
  )
}

const variablesOf = (run: Run): Readonly<Record<string, Json>> =>
  typeof run.variables === 'object' && run.variables !== null && !Array.isArray(run.variables)
    ? (run.variables as Readonly<Record<string, Json>>)
    : {}

const shown = (value: Json): ReactNode =>
  value === null ? null : <code>{typeof value === 'string' ? value : JSON.stringify(value)}</code>
