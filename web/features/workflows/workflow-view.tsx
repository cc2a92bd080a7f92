import { Link } from '@tanstack/react-router'
import type { WorkflowQuery } from '../../gql/graphql.ts'
import { counted, formatSpan } from '../../lib/format.ts'
import tabs from '../../ui/tabs.module.css'
import { DryRun } from './dry-run.tsx'
import { type DryStep, StepFlow } from './step-flow.tsx'
import { StepTable } from './step-table.tsx'
import { VariablesTable } from './variables-table.tsx'
import { Versions } from './versions.tsx'
import css from './workflows.module.css'

export type Workflow = NonNullable<WorkflowQuery['workflow']>
export type View = 'steps' | 'variables' | 'versions' | 'try'
type Props = {
  workflow: Workflow
  view: View
  step: string | null
  from: string | null
  to: string | null
  onStep(key: string | null): void
  /** What the last dry run said of each step; null before the first. */
  outlook: ReadonlyMap<string, DryStep> | null
  onOutlook(outlook: ReadonlyMap<string, DryStep>): void
}

const views: readonly { view: View; word: string; keys: string }[] = [
  { view: 'steps', word: 'Steps', keys: '1' },
  { view: 'variables', word: 'Variables', keys: '2' },
  { view: 'versions', word: 'Versions', keys: '3' },
  { view: 'try', word: 'Try it out', keys: '4' },
]

/** One workflow: its picture, what it takes, what it was before, and what a run of it would do. */
export function WorkflowView({ workflow, view, step, from, to, onStep, outlook, onOutlook }: Props) {
  const { name, description, maxParallel, timeoutMs, steps, variables, versions } = workflow
  const counts: Partial<Record<View, number>> = {
    steps: steps.length,
    variables: variables.length,
    versions: versions.length,
  }
  return (
    <>
      <nav className={tabs.tabs} aria-label="Views of the workflow">
        {views.map(one => (
          <Link
            key={one.view}
            from="/workflows/$name"
            to="."
            search={({ tab: _, step: _step, ...rest }) => (one.view === 'steps' ? rest : { ...rest, tab: one.view })}
            activeOptions={{ exact: true }}
            className={tabs.tab}
            aria-current={one.view === view ? 'page' : undefined}
          >
            {one.word}
            {counts[one.view] === undefined ? null : <span className={tabs.count}>{counts[one.view]}</span>}
          </Link>
        ))}
      </nav>
      <div className={css.body}>
        {view === 'steps' ? (
          <>
            <p className={css.lead}>{description}</p>
            <p className={css.muted}>
              {`At most ${counted(maxParallel, 'task')} at once, ${formatSpan(timeoutMs)} in all.`}
              {outlook === null ? '' : ' Drawn as the last dry run saw it.'}
            </p>
            <div className={css.picture}>
              <StepFlow steps={steps} outlook={outlook} selected={step} onSelect={onStep} />
            </div>
            <StepTable steps={steps} selected={step} />
          </>
        ) : null}
        {view === 'variables' ? <VariablesTable variables={variables} /> : null}
        {view === 'versions' ? <Versions versions={versions} from={from} to={to} /> : null}
        <div hidden={view !== 'try'}>
          <DryRun
            workflow={workflow}
            source={{ workflow: name }}
            onDone={dry => onOutlook(new Map(dry.steps.map(one => [one.key, one])))}
          />
        </div>
      </div>
    </>
  )
}
