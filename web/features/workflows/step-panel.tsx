import { Link } from '@tanstack/react-router'
import type { Json } from '../../../domain/json.ts'
import type { WorkflowPartsFragment } from '../../gql/graphql.ts'
import { counted, formatSpan } from '../../lib/format.ts'
import { Facts } from '../../ui/facts.tsx'
import { Panel } from '../../ui/panel.tsx'
import { conditionText } from './condition.ts'
import type { DryStep } from './step-flow.tsx'
import css from './workflows.module.css'

type Step = WorkflowPartsFragment['steps'][number]
type Props = { step: Step; dry: DryStep | null; onClose(): void }

/** Everything that a template says of one step. */
export function StepPanel({ step, dry, onClose }: Props) {
  return (
    <Panel title={step.title} onClose={onClose}>
      <Facts
        facts={{
          Key: <code>{step.key}</code>,
          'Done by': <Who step={step} />,
          'This time': dry === null ? null : outlookText(dry),
          Asks: dry === null || dry.asks.length === 0 ? null : dry.asks.join('; '),
          After: step.needs.length === 0 ? 'nothing: it begins at once' : step.needs.join(', '),
          Begins: step.trigger === 'all-done' ? 'when all of them ended, however' : 'when all of them succeeded',
          'Only if': step.when === null ? null : <code>{conditionText(step.when as Json)}</code>,
          'For each of': step.forEach === null ? null : <code>{step.forEach}</code>,
          Approval: approvalText(step),
          'Sends back': backText(step),
          Gate: step.gate === null ? null : `its ${step.gate.kind} must score at least ${step.gate.minScore}`,
          Reads: step.reads.join(', ') || null,
          Leaves: step.produces.join(', ') || null,
          'Must be able to': step.requires.join(', ') || null,
          'Share of the budget': step.budgetShare === null ? null : `${Math.round(step.budgetShare * 100)} %`,
          Tries: step.maxAttempts === 1 ? 'one' : `at most ${step.maxAttempts}`,
          Time: `at most ${formatSpan(step.timeoutMs)} a try`,
          Optional: step.optional ? 'yes: it may fail without failing the run' : null,
        }}
      />
    </Panel>
  )
}

function Who({ step: { agent, workflow } }: { step: Step }) {
  if (workflow !== null)
    return (
      <Link to="/workflows/$name" params={{ name: workflow }} className={css.link}>
        {`a run of ${workflow}`}
      </Link>
    )
  if (agent === null || agent.includes('{item')) return <>whoever the element names</>
  return (
    <Link to="/agents" search={{ agent }} className={css.link}>
      {agent}
    </Link>
  )
}

function outlookText({ outlook, why, times }: DryStep): string {
  const said = { RUNS: 'it runs', SKIPPED: 'it is skipped', OPEN: 'it may run' }[outlook]
  const often = times === null ? 'once for each element' : times === 1 ? 'once' : `at most ${times} times`
  return [why === '' ? said : `${said}: ${why}`, outlook === 'SKIPPED' ? '' : often]
    .filter(one => one !== '')
    .join('; ')
}

function approvalText({ approval }: Step): string | null {
  if (approval === null) return null
  const { title, quorum, timeoutMs, onDeadline } = approval
  const voices = quorum === 1 ? 'a person' : counted(quorum, 'person', 'people')
  const deadline = timeoutMs === null ? '' : `; after ${formatSpan(timeoutMs)}: ${onDeadline}`
  return `${voices} must say yes to “${title}”${deadline}`
}

function backText({ back }: Step): React.ReactNode {
  if (back === null) return null
  return (
    <>
      {`to ${back.to}, at most ${counted(back.maxRounds, 'time')}, while `}
      <code>{conditionText(back.when as Json)}</code>
    </>
  )
}
