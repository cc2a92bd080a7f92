import type { AnswerField } from '../../domain/approval.ts'
import type { Json } from '../../domain/json.ts'
import { attend } from '../attend.ts'
import type { Client } from '../client.ts'
import { type Context, formatOf } from '../context.ts'
import { CliError, type ExitCode, exitCodes } from '../exit.ts'
import { namedProject, projectFor } from '../project.ts'
import { createPrompt } from '../prompt.ts'
import { confirmProposal, type Proposal, proposalNamed, propose } from '../proposal.ts'
import type { Input, Output } from '../terminal.ts'
import { readVariables, repositoryOf } from '../variables.ts'
import { renderProposal } from '../view/proposal.ts'

export type AutoOptions = {
  repo?: string
  project?: string
  var?: string[]
  yes?: boolean
  simulate?: boolean
  json?: boolean
  quiet?: boolean
  wait?: boolean
}

type Values = Record<string, Json>

/** `orrery auto`: a sentence becomes a proposed run; once somebody says yes, it is started and watched. */
export async function auto(context: Context, objective: string, options: AutoOptions): Promise<ExitCode> {
  const { out, err, input } = context.terminal
  const client = context.client()
  const proposal = await proposalFor(context, client, objective, options)
  const given = readGiven(context, client, proposal, options.var ?? [])
  const isHere = err.isTerminal && input?.isTTY === true
  if (options.yes ? !options.quiet : isHere) await show(err, proposal)
  if (!options.yes && !isHere) {
    if (options.json) await out.line(JSON.stringify(proposalJson(proposal), null, 2))
    else await show(out, proposal)
    return leave(context, proposal, given)
  }
  const answers = options.yes ? {} : await askHere(context, client, proposal, given)
  if (answers === 'silence') {
    await err.line()
    return leave(context, proposal, given)
  }
  if (answers === 'no') {
    await err.line('Nothing was started.')
    return exitCodes.cancelled
  }
  const variables = { ...given, ...answers }
  refuseOpen(proposal, variables)
  const runId = await confirmProposal(client, proposal.id, variables)
  if (!options.quiet) await err.line(`${runId}  ${err.style.dim(`${client.url}/runs/${runId}`)}`)
  return attend(context, runId, {
    format: formatOf(options),
    quiet: options.quiet ?? false,
    wait: options.wait ?? true,
  })
}

async function show(output: Output, proposal: Proposal): Promise<void> {
  for (const line of renderProposal(proposal, { width: output.width(), style: output.style })) await output.line(line)
}

/** The one that is named, or a new one for the sentence. */
async function proposalFor(context: Context, client: Client, objective: string, options: AutoOptions) {
  if (/^prp_[0-9a-f]{32}$/.test(objective.trim())) return proposalNamed(context, objective.trim())
  const { id: projectId } =
    options.project !== undefined
      ? await namedProject(client, options.project)
      : await projectFor(
          client,
          options.repo === undefined ? null : repositoryOf(options.repo, context.cwd, client.url),
        )
  return propose(context, { projectId, text: objective, simulated: options.simulate ?? false })
}

/** What `--var` says; whether anything is missing is asked later. Throws CliError. */
function readGiven(
  { cwd }: Context,
  { url }: Client,
  { workflow, declared }: Proposal,
  given: readonly string[],
): Values {
  const optional = declared.map(variable => ({ ...variable, required: false }))
  const values = readVariables(workflow, optional, given)
  return typeof values.repo === 'string' ? { ...values, repo: repositoryOf(values.repo, cwd, url) } : values
}

/** Asks what the proposal leaves open, then for the go. `silence`: the input ended first. */
async function askHere(
  context: Context,
  client: Client,
  proposal: Proposal,
  given: Values,
): Promise<Values | 'no' | 'silence'> {
  const open = openOf(proposal, given)
  const prompt = createPrompt(context.terminal.input as Input, context.terminal.err)
  try {
    return await context.untilInterrupted(async signal => {
      const said = await prompt.ask(open.map(fieldFor), signal)
      if (said === null) return 'silence'
      const words = Object.entries(said).map(([field, value]) => `${open[Number(field.slice(1))]?.variable}=${value}`)
      const answers = readGiven(context, client, proposal, words)
      const go = await prompt.confirm('Start it', signal)
      return go === null ? 'silence' : go ? answers : 'no'
    })
  } finally {
    prompt.close()
  }
}

type Open = ReturnType<typeof openOf>[number]
const openOf = ({ questions, declared }: Proposal, values: Values) =>
  questions
    .filter(({ variable }) => !Object.hasOwn(values, variable))
    .map((question, index) => {
      const { type, required } = declared.find(({ name }) => name === question.variable) ?? { type: '', required: true }
      return { ...question, index, type, required }
    })

/** Names of variables are freer than those of fields: a field is called by its place. */
const fieldFor = ({ index, variable, question, type, required }: Open): AnswerField => ({
  name: `f${index}`,
  label: `${variable}: ${question}`,
  type: type === 'integer' || type === 'boolean' ? type : 'text',
  options: [],
  required,
  maxLength: 10_000,
})

/** Throws CliError that names what nobody has said yet. */
function refuseOpen(proposal: Proposal, values: Values): void {
  const open = openOf(proposal, values).filter(({ required }) => required)
  if (open.length === 0) return
  throw new CliError(
    `the proposal cannot be started yet:\n${open.map(one => `  ${one.variable}: ${one.question}`).join('\n')}`,
    { code: 'BAD_INPUT', hint: `Say it: ${confirmWith(proposal, values)}` },
  )
}

async function leave({ terminal: { err } }: Context, proposal: Proposal, given: Values): Promise<ExitCode> {
  await err.line(`Nothing is started yet. Start it with:\n  ${confirmWith(proposal, given)}`)
  return exitCodes.approval
}

/** The command that starts a proposal. */
function confirmWith(proposal: Proposal, given: Values): string {
  const said = Object.entries(given).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  const open = openOf(proposal, given).filter(({ required }) => required)
  const words = [...said, ...open.map(({ variable }) => `${variable}=…`)].map(word => ` --var ${quoted(word)}`)
  return `orrery auto ${proposal.id} --yes${words.join('')}`
}

/** As a shell takes it for one word. */
const quoted = (word: string): string => (/^[\w./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)

const micros = (amount: string | number | null): number | null => (amount === null ? null : Number(amount))

function proposalJson({ id, project, estimate, ...proposal }: Proposal) {
  const { workflow, title, variables, questions, reason, confidence, model, simulated } = proposal
  return {
    proposalId: id,
    project: project?.slug ?? null,
    ...{ workflow, title, variables, questions, reason, confidence, model, simulated },
    estimate:
      estimate === null
        ? null
        : {
            lowMicros: micros(estimate.low),
            highMicros: micros(estimate.high),
            basis: estimate.basis,
            runs: estimate.runs,
          },
  }
}
