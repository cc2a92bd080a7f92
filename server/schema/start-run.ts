import { randomBytes } from 'node:crypto'
import { uuidFor } from '../../db/idempotency.ts'
import type { RunRow } from '../../db/rows.ts'
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf, uuidv7 } from '../../domain/ids.ts'
import type { Json } from '../../domain/json.ts'
import type { Preference } from '../../domain/routing.ts'
import { cleanJson } from '../../domain/run/clean.ts'
import type { Command } from '../../domain/run/commands.ts'
import { parseVariables } from '../../domain/validate.ts'
import type { Workflow } from '../../domain/workflow.ts'
import { actorOf, type Context } from '../context.ts'
import { builder } from './builder.ts'
import { answer, resultOf } from './results.ts'
import { Run, runAfter } from './run.ts'

const PreferenceInput = builder.inputType('PreferenceInput', {
  description: 'Weights from 0 to 1, of which only the proportion counts.',
  fields: t => ({
    quality: t.float({ required: true }),
    cost: t.float({ required: true }),
    latency: t.float({ required: true }),
  }),
})

const StartRunInput = builder.inputType('StartRunInput', {
  fields: t => ({
    projectId: t.id({ required: true }),
    workflow: t.string({ required: true, description: 'Name of the template.' }),
    title: t.string({ description: 'At most 200 characters; the title of the workflow unless given.' }),
    variables: t.field({ type: 'JSON', description: 'An object, checked against the variables of the workflow.' }),
    priority: t.int({ description: '-100 … 100; higher comes first; 0 unless given.' }),
    maxParallel: t.int({
      description: 'Tasks that may be at work at once, 1 … 1,000; as the workflow says unless given.',
    }),
    timeoutMs: t.int({
      description: 'When the run as a whole times out, 1,000 … 604,800,000; as the workflow says unless given.',
    }),
    simulated: t.boolean({
      description: 'Simulated models stand in for real ones; everything that they make is labelled. No unless given.',
    }),
    manual: t.boolean({ description: 'Every task waits for a person’s “go”. No unless given.' }),
    budgetMicros: t.field({
      type: 'BigInt',
      description: 'What the run may spend on models, in micro-dollars; what its project may unless given.',
    }),
    preference: t.field({
      type: PreferenceInput,
      description: 'What matters in the choice of models; as the installation is set unless given.',
    }),
    idempotencyKey: t.string({
      description: 'The same key with the same input starts one run, however often it is sent.',
    }),
  }),
})

const StartRunPayload = builder
  .objectRef<{ run: RunRow }>('StartRunPayload')
  .implement({ fields: t => ({ run: t.expose('run', { type: Run }) }) })

builder.mutationField('startRun', t =>
  t.field({
    type: resultOf(StartRunPayload),
    description: 'Begins a run of a workflow. It is done by whichever workers there are.',
    args: { input: t.arg({ type: StartRunInput, required: true }) },
    resolve: (_, { input }, context) => answer(async () => ({ run: await startRun(input, context) })),
  }),
)

type Optional<T> = { [K in keyof T]?: T[K] | null | undefined }
type Given = { projectId: string; workflow: string } & Optional<{
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

async function startRun({ idempotencyKey, ...given }: Given, context: Context): Promise<RunRow> {
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
  return runAfter(runId, context)
}

/** Throws NOT_FOUND, and BAD_INPUT that names every fault. */
async function parseCommand(given: Given, { load, services, reads }: Context): Promise<Command> {
  const projectId = uuidOf('Project', given.projectId)
  if ((await load.project.load(projectId)) === null)
    throw new OrreryError('NOT_FOUND', `there is no project ${given.projectId}`)
  const workflow = services.workflows.get(given.workflow)
  if (workflow === undefined) {
    throw new OrreryError('NOT_FOUND', `there is no workflow ${JSON.stringify(given.workflow.slice(0, 80))}`, {
      hint: `There are: ${[...services.workflows.keys()].sort().join(', ') || 'none'}.`,
    })
  }
  refuseWithoutModel(workflow, given.simulated === true, services)
  const title = given.title?.trim() || workflow.title
  const { priority = null, maxParallel = null, timeoutMs = null } = given
  const { simulated, manual, budgetMicros = null, preference = null } = given
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
    simulated: simulated === true,
    manual: manual === true,
    ...(budgetMicros === null ? {} : { budgetMicros: Number(budgetMicros) }),
    ...(preference === null ? {} : { preference: { ...preference } }),
  }
}

/** Better before it begins than in the middle: says what to set, and offers the simulation. */
function refuseWithoutModel(workflow: Workflow, simulated: boolean, { agents, models }: Context['services']): void {
  const thinks = workflow.steps.some(step => agents.get(step.agent ?? '')?.needsModel === true)
  if (!thinks || simulated || models.missing === null) return
  throw new OrreryError('BAD_INPUT', `${workflow.name} needs a model, and none can be asked`, { hint: models.missing })
}

/** The input as it is compared under an idempotency key. */
const asJson = (given: Omit<Given, 'idempotencyKey'>): Json =>
  JSON.parse(JSON.stringify(given, (_, value) => (typeof value === 'bigint' ? String(value) : value))) as Json
