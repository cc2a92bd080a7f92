/** Looking at a workflow before it is used: every fault of a text, and what a run would do. Nothing is kept or begun. */
import { readWorkflow } from '../agents/workflows/load.ts'
import type { CostEstimate } from '../domain/conversation.ts'
import { type ForeseenStep, type Foresight, foresee } from '../domain/dry-run.ts'
import { OrreryError } from '../domain/errors.ts'
import type { Json } from '../domain/json.ts'
import { parseVariables, parseWorkflow } from '../domain/validate.ts'
import type { Workflow } from '../domain/workflow.ts'
import { missingSurroundings } from '../domain/workflow-surroundings.ts'
import { estimate } from './assistant/estimate.ts'
import type { Context } from './context.ts'

export type Fault = { path: string; message: string; line: number | null; column: number | null }
export type Checked = { faults: readonly Fault[]; workflow: Workflow | null }
export type DryRun = { workflow: Workflow; foresight: Foresight; estimate: CostEstimate; manual: boolean } & Checked
export type DryStep = { foreseen: ForeseenStep; asks: readonly string[]; needsModel: boolean }

/** The form, the graph, and whether what it names is there. */
export function check(text: string, { services }: Context): Checked {
  const read = readWorkflow(text, 'workflow')
  if (!read.ok) return { faults: read.faults.map(fault => ({ ...fault, message: bare(fault) })), workflow: null }
  const workflow = parseWorkflow(read.workflow)
  const missing = missingSurroundings(workflow, services)
  return { faults: missing.map(fault => ({ ...fault, line: null, column: null })), workflow }
}

/** The message without the path, which stands beside it. */
const bare = ({ path, message }: { path: string; message: string }): string =>
  path !== '' && message.startsWith(`${path}: `) ? message.slice(path.length + 2) : message

/** Each step with what it would ask, and of whom. */
export function stepsOf({ foresight, manual }: DryRun, { services: { agents } }: Context): DryStep[] {
  return foresight.steps.map(foreseen => {
    const { step, input, outlook } = foreseen
    const agent = agents.get(step.agent ?? '')
    const own = agent?.asks?.(input) ?? null
    const asks = [
      ...(step.approval === undefined ? [] : [step.approval.title]),
      ...(manual ? [`Go: ${step.title}`] : []),
      ...(own === null ? [] : [own]),
    ]
    return { foreseen, asks: outlook === 'skipped' ? [] : asks, needsModel: agent?.needsModel === true }
  })
}

type Asked = {
  workflow?: string | null | undefined
  text?: string | null | undefined
  variables?: Json | undefined
  manual: boolean
  simulated: boolean
}

/** Throws BAD_INPUT where it is not said what to look at, and NOT_FOUND. */
export async function dryRun(
  { variables: given, manual, simulated, ...source }: Asked,
  context: Context,
): Promise<DryRun | Checked> {
  const { faults, workflow } = found(source, context)
  if (workflow === null || faults.length > 0) return { faults, workflow }
  const parsed = variablesOf(workflow, given ?? {})
  if ('faults' in parsed) return { faults: parsed.faults, workflow }
  const foresight = foresee(workflow, parsed.variables)
  const left = foresight.steps.filter(({ outlook }) => outlook !== 'skipped').map(({ step }) => step)
  const { agents, workflows, models } = context.services
  const { variables } = parsed
  const deps = { agents, workflows, gateway: models.gateway, reads: context.reads, variables }
  return {
    faults,
    workflow,
    foresight,
    manual,
    estimate: await estimate({ ...workflow, steps: left }, simulated, deps),
  }
}

function found({ workflow: name, text }: Pick<Asked, 'workflow' | 'text'>, context: Context): Checked {
  if ((name == null) === (text == null))
    throw new OrreryError('BAD_INPUT', 'give the name of a workflow or a text, one of the two')
  if (text != null) return check(text, context)
  const workflow = context.services.workflows.get(name ?? '')
  if (workflow === undefined)
    throw new OrreryError('NOT_FOUND', `there is no workflow ${JSON.stringify(name?.slice(0, 80))}`)
  return { faults: [], workflow }
}

function variablesOf(workflow: Workflow, given: Json): { variables: Json } | { faults: Fault[] } {
  try {
    return { variables: parseVariables(workflow, given) }
  } catch (error) {
    if (!(error instanceof OrreryError)) throw error
    const told = error.message.replace(/^variables of [^:]*: /, '').split('; ')
    return { faults: told.map(text => ({ ...variableFault(text), line: null, column: null })) }
  }
}

function variableFault(text: string): { path: string; message: string } {
  const [, name, message] = /^([\w.]+): (.*)$/s.exec(text) ?? []
  return name === undefined
    ? { path: 'variables', message: text }
    : { path: `variables.${name}`, message: message ?? '' }
}
