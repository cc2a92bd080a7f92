import type { DryRunQuery, WorkflowPartsFragment } from '../../gql/graphql.ts'
import { AgentMark } from '../../ui/agent-mark.tsx'
import { FlowGraph, type FlowStep } from '../../ui/flow-graph.tsx'
import { Icon } from '../../ui/icon.tsx'

type Step = WorkflowPartsFragment['steps'][number]
export type DryStep = DryRunQuery['dryRun']['steps'][number]

type Props = {
  steps: readonly Step[]
  /** What a dry run said of each; null without one. */
  outlook: ReadonlyMap<string, DryStep> | null
  selected: string | null
  onSelect(key: string | null): void
}

/** The steps of a template as a picture, with who does each. */
export function StepFlow({ steps, outlook, selected, onSelect }: Props) {
  return (
    <FlowGraph
      label="Steps of the workflow"
      steps={steps.map(step => flowStep(step, outlook?.get(step.key)?.outlook ?? null))}
      selected={selected}
      onSelect={onSelect}
    />
  )
}

function flowStep(step: Step, outlook: DryStep['outlook'] | null): FlowStep {
  const { key, needs, title, when, back } = step
  return {
    key,
    needs,
    // What an element is called, only a run can tell.
    title: title.includes('{item') ? key : title,
    note: <Note step={step} />,
    open: outlook === null ? when !== null : outlook === 'OPEN',
    off: outlook === 'SKIPPED',
    back: back === null ? null : { to: back.to, rounds: back.maxRounds },
  }
}

function Note({ step: { agent, workflow, forEach, approval, gate } }: { step: Step }) {
  return (
    <>
      {agent === null ? <Icon name="layers" size={12} /> : <AgentMark name={agent} size={12} />}
      {agent === null ? `a run of ${workflow}` : agent.includes('{item') ? 'whoever it names' : agent}
      {forEach === null ? '' : ', for each'}
      {approval === null ? null : <Icon name="ask" size={12} />}
      {gate === null ? null : ` ≥ ${gate.minScore}`}
    </>
  )
}
