/** Forking a run: what is to be different is checked whole against the run, its workflow and this installation. */
import { randomBytes } from 'node:crypto'
import { teamRoles } from '../agents/team.ts'
import { uuidFor } from '../db/idempotency.ts'
import type { RunRow } from '../db/rows.ts'
import { OrreryError } from '../domain/errors.ts'
import type { ForkChanges } from '../domain/fork.ts'
import { uuidOf, uuidv7 } from '../domain/ids.ts'
import type { Json } from '../domain/json.ts'
import { type ToolName, toolNames } from '../domain/role.ts'
import type { Preference } from '../domain/routing.ts'
import { cleanJson, cleanText } from '../domain/run/clean.ts'
import { parseVariables } from '../domain/validate.ts'
import { actorOf, type Context } from './context.ts'

type Optional<T> = { [K in keyof T]?: T[K] | null | undefined }

export type ChangesInput = Optional<{
  title: string
  objective: string
  variables: Json
  prompts: readonly { role: string; text: string; replaces?: boolean | null | undefined }[]
  preference: Preference
  allowedModels: readonly string[]
  budgetMicros: bigint
  withoutTools: readonly string[]
}>

export type RunToFork = { runId: string; atSeq: number } & Optional<{
  changes: ChangesInput
  reason: string
  idempotencyKey: string
}>

const longestText = 8_000

/**
 * Begins a fork under the rights of whoever asks; under one key once. Throws OrreryError: NOT_FOUND (run), BAD_INPUT (names
 * every fault), CONFLICT (nothing was left to do), IDEMPOTENCY_MISMATCH, LIMIT_EXCEEDED, UPGRADE_REQUIRED.
 */
export async function forkRun({ idempotencyKey, ...given }: RunToFork, context: Context): Promise<RunRow> {
  const { services, reads, load } = context
  const { organisationId } = reads
  const from = await load.run.load(uuidOf('Run', given.runId))
  if (from === null) throw new OrreryError('NOT_FOUND', `there is no run ${given.runId}`)
  const changes = await parseChanges(given.changes ?? {}, from, context)
  const reason = cleanText(given.reason ?? '').trim()
  if (reason.length > 1_000) throw new OrreryError('BAD_INPUT', 'reason: must be at most 1,000 characters long')
  const newId = uuidv7(services.now(), randomBytes(10))
  const claim = { organisationId, operation: 'forkRun', key: idempotencyKey ?? '', input: asJson(given), newId }
  const forkRunId = idempotencyKey ? await services.idempotency.claim(claim) : newId
  const { id: fromRunId } = from
  await services.forks.fork(
    { forkRunId, fromRunId, atSeq: given.atSeq, changes, agents: agentsChangedBy(changes), reason, parent: null },
    {
      actor: actorOf(context),
      correlationId: context.correlationId,
      ...(idempotencyKey ? { commandId: uuidFor(organisationId, 'forkRun', idempotencyKey) } : {}),
    },
  )
  const run = await load.run.clear(forkRunId).load(forkRunId)
  if (run === null) throw new Error(`fork ${forkRunId} is gone`)
  return run
}

/** Throws BAD_INPUT that names every fault. */
async function parseChanges(given: ChangesInput, from: RunRow, context: Context): Promise<ForkChanges> {
  const { title, prompts, preference, allowedModels, budgetMicros, withoutTools } = given
  const faults = [
    ...(title != null && (title.trim() === '' || title.length > 200) ? ['title: must be 1 … 200 characters long'] : []),
    ...(prompts ?? []).flatMap((one, index) => promptFaults(one, index, context)),
    ...modelFaults(allowedModels ?? null, context),
    ...(withoutTools ?? []).flatMap(name => toolFaults(name)),
    ...Object.entries(preference ?? {}).flatMap(([name, weight]) =>
      weight >= 0 && weight <= 1 ? [] : [`preference.${name}: must be 0 … 1`],
    ),
    ...(budgetMicros != null && (budgetMicros < 0n || budgetMicros > 10n ** 15n)
      ? ['budgetMicros: must be 0 … 10^15']
      : []),
  ]
  if (faults.length > 0) throw new OrreryError('BAD_INPUT', faults.join('; '))
  const variables = await variablesOf(given, from, context)
  return cleanJson({
    ...(title == null ? {} : { title: title.trim() }),
    ...(variables === null ? {} : { variables }),
    ...(!prompts?.length ? {} : { prompts: prompts.map(promptOf) }),
    ...(preference == null ? {} : { preference: { ...preference } }),
    ...(!allowedModels?.length ? {} : { allowedModels: [...new Set(allowedModels)] }),
    ...(budgetMicros == null ? {} : { budgetMicros: Number(budgetMicros) }),
    ...(!withoutTools?.length ? {} : { withoutTools: [...new Set(withoutTools)] }),
  })
}

type GivenPrompt = NonNullable<ChangesInput['prompts']>[number]

const promptOf = ({ role, text, replaces }: GivenPrompt) => ({ role, text: text.trim(), replaces: replaces === true })

function promptFaults({ role, text }: GivenPrompt, index: number, { services: { agents } }: Context): string[] {
  const known = [...agents.values()].filter(agent => agent.needsModel === true).map(({ name }) => name)
  const length = text.trim().length
  return [
    ...(known.includes(role) ? [] : [`prompts.${index}.role: there is no role ${named(role)} (${listed(known)})`]),
    ...(length > 0 && length <= longestText
      ? []
      : [`prompts.${index}.text: must be 1 … ${longestText} characters long`]),
  ]
}

function modelFaults(allowed: readonly string[] | null, { services: { models } }: Context): string[] {
  const known = models.gateway.list().map(({ model }) => model.id)
  return (allowed ?? []).flatMap(id =>
    known.includes(id) ? [] : [`allowedModels: there is no model ${named(id)} (${listed(known)})`],
  )
}

const removable: readonly string[] = toolNames.filter(name => name !== 'submit')

const toolFaults = (name: string): string[] =>
  removable.includes(name) ? [] : [`withoutTools: there is no tool ${named(name)} (${listed(removable)})`]

const named = (name: string): string => JSON.stringify(name.slice(0, 80))
const listed = (names: readonly string[]): string => names.slice(0, 40).join(', ') || 'there is none'

/** The variables that change, defaults not filled in; null where none does. Throws BAD_INPUT that names every fault. */
async function variablesOf(
  { objective, variables }: ChangesInput,
  from: RunRow,
  { load, services }: Context,
): Promise<{ readonly [name: string]: Json } | null> {
  if (variables != null && (typeof variables !== 'object' || Array.isArray(variables)))
    throw new OrreryError('BAD_INPUT', 'variables: must be an object such as {"repo": "…"}')
  const changed = {
    ...((variables ?? {}) as { readonly [name: string]: Json }),
    ...(objective == null ? {} : { objective }),
  }
  const names = Object.keys(changed)
  if (names.length === 0) return null
  const begun = await load.firstEvent.load(from.id)
  if (begun?.type !== 'RunStarted') throw new Error(`run ${from.id} does not begin with RunStarted`)
  const before = begun.data.variables as { readonly [name: string]: Json }
  const strange = names.filter(name => !Object.hasOwn(before, name))
  if (strange.length > 0) {
    const known = listed(Object.keys(before))
    throw new OrreryError('BAD_INPUT', `variables: the run has no variable ${strange.map(named).join(', ')} (${known})`)
  }
  const workflow = services.workflows.get(from.workflow)
  // What the workflow of today does not know is left to the steps, which know what they take.
  if (workflow === undefined || workflow.version !== from.workflowVersion) return changed
  const parsed = parseVariables(workflow, { ...before, ...changed })
  return Object.fromEntries(names.map(name => [name, parsed[name] ?? null]))
}

/** Whose prompt or tools are others than before; candidates do the work of a role that changes code. */
function agentsChangedBy({ prompts = [], withoutTools = [] }: ForkChanges): string[] {
  const told = prompts.map(({ role }) => role)
  const lacking = teamRoles.filter(({ tools }) => withoutTools.some(name => tools.includes(name as ToolName)))
  const changed = [...new Set([...told, ...lacking.map(({ name }) => name)])]
  const writes = teamRoles.some(role => role.writes && changed.includes(role.name))
  return writes ? [...changed, 'consensus.candidate'] : changed
}

/** The input as it is compared under an idempotency key. */
const asJson = (given: Omit<RunToFork, 'idempotencyKey'>): Json =>
  JSON.parse(JSON.stringify(given, (_, value) => (typeof value === 'bigint' ? String(value) : value))) as Json
