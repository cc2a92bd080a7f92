/** What a run may cost before it is started: from runs like it where there were some, otherwise from what its agents may use. */
import { teamRoles } from '../../agents/team.ts'
import type { TenantReads } from '../../db/tenancy.ts'
import type { CostEstimate } from '../../domain/conversation.ts'
import { foresee } from '../../domain/dry-run.ts'
import type { Json } from '../../domain/json.ts'
import type { Agent } from '../../domain/ports.ts'
import type { Workflow } from '../../domain/workflow.ts'
import type { ModelGateway } from '../../queues/model-gateway.ts'

export type EstimateDeps = {
  gateway: ModelGateway
  agents: ReadonlyMap<string, Agent>
  workflows: ReadonlyMap<string, Workflow>
  reads: TenantReads
  /** With which it would be started, as far as they are known. */
  variables: Json
}

/** A short task, and one that uses up its turns with a conversation of this length. */
const shortTask = { turns: 5, inputTokens: 6_000, maxOutputTokens: 500 }
const longInput = 40_000
const unknownRole = { maxTurns: 40, maxOutputTokens: 8_000 }
/** Elements of a fan-out, where only the run will tell. */
const fanOut = { low: 1, high: 5 }

export async function estimate(workflow: Workflow, simulated: boolean, deps: EstimateDeps): Promise<CostEstimate> {
  const past = await deps.reads.proposals.pastCost(workflow.name, simulated)
  if (past !== null) return { ...past, basis: 'past-runs' }
  const tasks = modelTasks(workflow, deps, new Set())
  if (tasks.length === 0) return { lowMicros: 0, highMicros: 0, basis: 'no-model', runs: 0 }
  const models = deps.gateway.list().filter(one => one.simulated === simulated && one.usable)
  const prices = (size: { inputTokens: number; maxOutputTokens: number }) =>
    models.flatMap(({ model }) => deps.gateway.worstCase(model.id, size) ?? [])
  const cheapest = Math.min(...prices(shortTask))
  if (!Number.isFinite(cheapest)) return { lowMicros: null, highMicros: null, basis: 'unknown', runs: 0 }
  const low = tasks.reduce((sum, { least }) => sum + least * shortTask.turns * cheapest, 0)
  const high = tasks.reduce((sum, { most, limits }) => {
    const { maxTurns, maxOutputTokens } = limits
    return sum + most * maxTurns * Math.max(...prices({ inputTokens: longInput, maxOutputTokens }))
  }, 0)
  return { lowMicros: Math.ceil(low), highMicros: Math.ceil(high), basis: 'worst-case', runs: 0 }
}

type ModelTask = { least: number; most: number; limits: { maxTurns: number; maxOutputTokens: number } }

/** The steps that call models, those of workflows within it included. */
function modelTasks(workflow: Workflow, deps: EstimateDeps, within: ReadonlySet<string>): ModelTask[] {
  if (within.has(workflow.name)) return []
  const inside = new Set([...within, workflow.name])
  return foresee(workflow, deps.variables).steps.flatMap(({ step, outlook }) => {
    const inner = step.workflow === undefined ? undefined : deps.workflows.get(step.workflow)
    // What it is given is known when it begins.
    if (inner !== undefined) return modelTasks(inner, { ...deps, variables: {} }, inside)
    const named = step.agent ?? ''
    if (!mayNeedModel(named, deps.agents)) return []
    const limits = teamRoles.find(({ name }) => name === named)?.limits ?? unknownRole
    const times = step.forEach === undefined ? { low: 1, high: 1 } : fanOut
    const rounds = workflow.steps.find(({ back }) => back?.to === step.key)?.back?.maxRounds ?? 0
    // A step that only results lead to may be left out: those after a review that was not content, for one.
    return [{ least: outlook === 'runs' ? times.low : 0, most: times.high * (1 + rounds), limits }]
  })
}

/** Which agent an element of a fan-out is for, `analyzer.{item}`, is known only then: any that it could be counts. */
function mayNeedModel(named: string, agents: ReadonlyMap<string, Agent>): boolean {
  const open = named.indexOf('{item')
  if (open === -1) return agents.get(named)?.needsModel === true
  return [...agents.values()].some(
    ({ name, needsModel }) => needsModel === true && name.startsWith(named.slice(0, open)),
  )
}
