/** Starting a run: what was asked for is checked whole, and nothing half-accepted. */
import { randomBytes } from 'node:crypto'
import { uuidFor } from '../db/idempotency.ts'
import type { RunRow } from '../db/rows.ts'
import { foresee } from '../domain/dry-run.ts'
import { OrreryError } from '../domain/errors.ts'
import { uuidOf, uuidv7 } from '../domain/ids.ts'
import type { Json } from '../domain/json.ts'
import type { Preference } from '../domain/routing.ts'
import { cleanJson } from '../domain/run/clean.ts'
import type { Command } from '../domain/run/commands.ts'
import { parseVariables } from '../domain/validate.ts'
import type { Workflow } from '../domain/workflow.ts'
import { actorOf, type Context } from './context.ts'

type Optional<T> = { [K in keyof T]?: T[K] | null | undefined }
export type RunToStart = { projectId: string; workflow: string } & Optional<{
  title: string
  variables: Json
  priority: number
  maxParallel: number
  timeoutMs: number
  simulated: boolean
  manual: boolean
  budgetMicros: bigint
  preference: Preference
  idempotencyKey: string
}>

/**
 * Begins a run under the rights of whoever asks; under one key once. Throws OrreryError: NOT_FOUND (project, workflow),
 * BAD_INPUT (names every fault), IDEMPOTENCY_MISMATCH.
 */
export async function startRun({ idempotencyKey, ...given }: RunToStart, context: Context): Promise<RunRow> {
  const { services, reads } = context
  const command = await parseCommand(given, context)
  const newId = uuidv7(services.now(), randomBytes(10))
  const { organisationId } = reads
  const claim = { organisationId, operation: 'startRun', key: idempotencyKey ?? '', input: asJson(given), newId }
  const runId = idempotencyKey ? await services.idempotency.claim(claim) : newId
  // Two requests with one key are one command: whoever comes second is answered with what the first one caused.
  const commandId = idempotencyKey ? { commandId: uuidFor(organisationId, 'startRun', idempotencyKey) } : {}
  // Before the run begins: it must never spend what it was not given.
  if (command.type === 'StartRun' && command.budgetMicros !== undefined)
    await reads.budgets.setLimit({ kind: 'run', id: runId }, command.budgetMicros)
  await services.handle.handle(runId, command, {
    actor: actorOf(context),
    correlationId: context.correlationId,
    ...commandId,
  })
  const run = await context.load.run.clear(runId).load(runId)
  if (run === null) throw new Error(`run ${runId} is gone`)
  return run
}

/** Throws NOT_FOUND, and BAD_INPUT that names every fault. */
async function parseCommand(given: RunToStart, { load, services, reads }: Context): Promise<Command> {
  const projectId = uuidOf('Project', given.projectId)
  const project = await load.project.load(projectId)
  if (project === null) throw new OrreryError('NOT_FOUND', `there is no project ${given.projectId}`)
  const workflow = services.workflows.get(given.workflow)
  if (workflow === undefined) {
    throw new OrreryError('NOT_FOUND', `there is no workflow ${JSON.stringify(given.workflow.slice(0, 80))}`, {
      hint: `There are: ${[...services.workflows.keys()].sort().join(', ') || 'none'}.`,
    })
  }
  const title = given.title?.trim() || workflow.title
  const { priority = null, maxParallel = null, timeoutMs = null } = given
  const { manual, budgetMicros = null, preference = null } = given
  const simulated = given.simulated ?? project.simulated
  const within = (name: string, value: number | null, low: number, high: number) =>
    value === null || (value >= low && value <= high) ? [] : [`${name}: must be ${low} … ${high}`]
  const faults = [
    ...(title.length > 200 ? ['title: must be at most 200 characters long'] : []),
    ...within('priority', priority, -100, 100),
    ...within('maxParallel', maxParallel, 1, 1_000),
    ...within('timeoutMs', timeoutMs, 1_000, 7 * 86_400_000),
  ]
  if (budgetMicros !== null && (budgetMicros < 0n || budgetMicros > 10n ** 15n))
    faults.push('budgetMicros: must be 0 … 10^15')
  for (const [name, weight] of Object.entries(preference ?? {}))
    if (!(weight >= 0 && weight <= 1)) faults.push(`preference.${name}: must be 0 … 1`)
  if (faults.length > 0) throw new OrreryError('BAD_INPUT', faults.join('; '))
  const variables = parseVariables(workflow, cleanJson(given.variables ?? {}))
  refuseWithoutModel(workflow, variables, { ...services, simulated })
  return {
    type: 'StartRun',
    organisationId: reads.organisationId,
    projectId,
    workflow,
    title,
    variables,
    priority: priority ?? 0,
    maxParallel,
    timeoutMs,
    parent: null,
    simulated,
    manual: manual === true,
    ...(budgetMicros === null ? {} : { budgetMicros: Number(budgetMicros) }),
    ...(preference === null ? {} : { preference: { ...preference } }),
  }
}

type Minds = Pick<Context['services'], 'agents' | 'models'> & { simulated: boolean }

/** Better before it begins than in the middle: says what to set, and offers the simulation. */
function refuseWithoutModel(workflow: Workflow, variables: Json, { agents, models, simulated }: Minds): void {
  if (simulated || models.missing === null || !asksModel(workflow, variables, agents)) return
  throw new OrreryError('BAD_INPUT', `${workflow.name} needs a model, and none can be asked`, { hint: models.missing })
}

/** Whether a run with these variables can come to a step whose agent needs a model: a refactoring without an objective does not. */
export const asksModel = (workflow: Workflow, variables: Json, agents: Context['services']['agents']): boolean =>
  foresee(workflow, variables).steps.some(
    ({ step, outlook }) => outlook !== 'skipped' && agents.get(step.agent ?? '')?.needsModel === true,
  )

/** The input as it is compared under an idempotency key. */
const asJson = (given: Omit<RunToStart, 'idempotencyKey'>): Json =>
  JSON.parse(JSON.stringify(given, (_, value) => (typeof value === 'bigint' ? String(value) : value))) as Json
