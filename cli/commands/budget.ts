import { showMicros } from '../../domain/money.ts'
import { type Client, refusal } from '../client.ts'
import { type Context, type FormatOptions, formatOf } from '../context.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { oneLine } from '../format.ts'
import { graphql } from '../gql/gql.ts'
import type { ShownBudgetFragment } from '../gql/graphql.ts'
import { namedProject } from '../project.ts'
import { parseRunId } from '../run-id.ts'
import { table } from '../table.ts'

// biome-ignore lint/correctness/noUnusedVariables: the generator reads it, the operations below cite it.
const ShownBudget = graphql(`
  fragment ShownBudget on Budget {
    scope subjectId limit reserved spent remaining forecast
    byModel { name calls spent inputTokens outputTokens }
    byAgent { name calls spent inputTokens outputTokens }
  }
`)
const OrganisationBudget = graphql(`
  query OrganisationBudget { viewer { organisation { name budget { ...ShownBudget } } } }
`)
const ProjectBudget = graphql(`query ProjectBudget($id: ID!) { project(id: $id) { name budget { ...ShownBudget } } }`)
const RunBudget = graphql(`query RunBudget($id: ID!) { run(id: $id) { title budget { ...ShownBudget } } }`)
const SetBudget = graphql(`
  mutation SetBudget($input: SetBudgetInput!) {
    setBudget(input: $input) {
      ... on SetBudgetPayload { budget { ...ShownBudget } }
      ... on UserError { code message hint }
    }
  }
`)

export type BudgetOptions = FormatOptions & { project?: string; run?: string; set?: number | 'none' }
type Named = { name: string; budget: ShownBudgetFragment }

/** `orrery budget`: of the organisation, a project or a run. */
export async function budget(context: Context, options: BudgetOptions): Promise<ExitCode> {
  const client = context.client()
  const { name, budget: before } = await budgetOf(client, options)
  const shown =
    options.set === undefined
      ? before
      : await setLimit(client, before.subjectId, options.set === 'none' ? null : options.set)
  const { out, err } = context.terminal
  if (options.set !== undefined) await err.line(`The budget of ${oneLine(name)} is set.`)
  if (formatOf(options) !== 'text') await out.line(JSON.stringify(toJson(name, shown), null, 2))
  else for (const line of render(name, shown, context)) await out.line(line)
  return exitCodes.ok
}

async function budgetOf(client: Client, { project, run }: BudgetOptions): Promise<Named> {
  if (run !== undefined) {
    const id = parseRunId(run)
    const { run: found } = await client.query(RunBudget, { id })
    if (found === null) throw refusal('NOT_FOUND', `there is no run ${id}`)
    return { name: found.title, budget: found.budget }
  }
  if (project === undefined) return (await client.query(OrganisationBudget, {})).viewer.organisation
  const { id } = await namedProject(client, project)
  const { project: found } = await client.query(ProjectBudget, { id })
  if (found === null) throw refusal('NOT_FOUND', `there is no project ${project}`)
  return found
}

async function setLimit(client: Client, subjectId: string, limit: number | null): Promise<ShownBudgetFragment> {
  const { setBudget: said } = await client.query(SetBudget, { input: { subjectId, limit } })
  if ('budget' in said) return said.budget
  throw refusal(said.code, said.message, said.hint)
}

const micros = (amount: string | number | null): number | null => (amount === null ? null : Number(amount))
const money = (amount: string | number | null, none: string): string =>
  amount === null ? none : showMicros(Number(amount))

const toJson = (name: string, { limit, reserved, spent, remaining, forecast, ...rest }: ShownBudgetFragment) => ({
  name,
  scope: rest.scope,
  subjectId: rest.subjectId,
  limitMicros: micros(limit),
  reservedMicros: micros(reserved),
  spentMicros: micros(spent),
  remainingMicros: micros(remaining),
  forecastMicros: micros(forecast),
  byModel: rest.byModel.map(partJson),
  byAgent: rest.byAgent.map(partJson),
})

type Part = ShownBudgetFragment['byModel'][number]
const partJson = ({ name, calls, spent, inputTokens, outputTokens }: Part) => ({
  name,
  calls,
  spentMicros: Number(spent),
  inputTokens: Number(inputTokens),
  outputTokens: Number(outputTokens),
})

function render(name: string, shown: ShownBudgetFragment, { terminal: { out } }: Context): string[] {
  const { style } = out
  const row = (word: string, value: string) => `  ${style.dim(word.padEnd(10))}${value}`
  return [
    `${style.bold(oneLine(name))}  ${style.dim(shown.scope.toLowerCase())}`,
    row('limit', money(shown.limit, 'none of its own')),
    row('spent', money(shown.spent, '')),
    ...(Number(shown.reserved) > 0 ? [row('reserved', money(shown.reserved, ''))] : []),
    ...(shown.remaining === null ? [] : [row('left', money(shown.remaining, ''))]),
    ...(shown.forecast === null ? [] : [row('forecast', money(shown.forecast, ''))]),
    ...parts('MODEL', shown.byModel, out),
    ...parts('AGENT', shown.byAgent, out),
  ]
}

function parts(title: string, lines: readonly Part[], out: Context['terminal']['out']): string[] {
  if (lines.length === 0) return []
  const rows = table(
    lines,
    [
      { title, flexible: true, text: part => oneLine(part.name ?? 'no task') },
      { title: 'CALLS', align: 'right', text: part => String(part.calls) },
      { title: 'TOKENS', align: 'right', expendable: 1, text: part => tokens(part) },
      { title: 'SPENT', align: 'right', text: part => showMicros(Number(part.spent)) },
    ],
    { width: out.width() - 2, style: out.style },
  )
  return ['', ...rows.map(line => `  ${line}`)]
}

const tokens = ({ inputTokens, outputTokens }: Part): string => `${Number(inputTokens)} → ${Number(outputTokens)}`
