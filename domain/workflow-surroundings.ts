/** Whether what a workflow names is there: agents, workflows, kinds of artifacts. `validate.ts` looks at it for itself. */
import { artifactKindNames } from './artifact.ts'
import type { Agent } from './ports.ts'
import type { Step, Workflow } from './workflow.ts'

export type Fault = { path: string; message: string }
type Known = {
  agents: ReadonlyMap<string, Pick<Agent, 'name' | 'capabilities' | 'produces'>>
  workflows: ReadonlyMap<string, unknown>
}

/** Every fault, by step. A run with any of them would begin and then fail where it comes to it. */
export function missingSurroundings(workflow: Workflow, known: Known): Fault[] {
  const faults = workflow.steps.flatMap(step => stepFaults(step, workflow.name, known))
  const shares = workflow.steps.reduce((sum, { budgetShare = 0 }) => sum + budgetShare, 0)
  return shares > 1 + 1e-9
    ? [...faults, { path: 'steps', message: `the budget shares add up to ${Math.round(shares * 100)} % of the budget` }]
    : faults
}

function stepFaults(step: Step, own: string, known: Known): Fault[] {
  const path = `steps.${step.key}`
  const kinds = (['reads', 'produces'] as const).flatMap(field =>
    step[field].filter(kind => !isKind(kind)).map(kind => ({ path: `${path}.${field}`, message: noKind(kind) })),
  )
  const gate = step.gate !== undefined && !isKind(step.gate.kind)
  return [
    ...whoFaults(step, own, known),
    ...kinds,
    ...(gate ? [{ path: `${path}.gate.kind`, message: noKind(step.gate?.kind ?? '') }] : []),
  ]
}

const isKind = (kind: string): boolean => (artifactKindNames as readonly string[]).includes(kind)
const noKind = (kind: string): string => `there is no kind of artifact ${kind}`

/** Who does it. An agent that an element of a list names is known only then. */
function whoFaults(step: Step, own: string, { agents, workflows }: Known): Fault[] {
  const path = `steps.${step.key}`
  if (step.workflow !== undefined)
    return workflows.has(step.workflow) || step.workflow === own
      ? []
      : [{ path: `${path}.workflow`, message: `there is no workflow ${step.workflow}` }]
  const name = step.agent ?? ''
  if (name.includes('{item')) return []
  const agent = agents.get(name)
  if (agent === undefined) return [{ path: `${path}.agent`, message: `there is no agent ${name}` }]
  const lacking = step.requires.filter(capability => !agent.capabilities.includes(capability))
  const unmade = step.produces.filter(kind => isKind(kind) && !agent.produces.includes(kind))
  return [
    ...lacking.map(one => ({ path: `${path}.requires`, message: `${name} is not capable of ${one}` })),
    ...unmade.map(kind => ({ path: `${path}.produces`, message: `${name} makes no ${kind}` })),
  ]
}
