import { randomUUID } from 'node:crypto'
import type { Preference } from '../arguments.ts'
import { attend } from '../attend.ts'
import { type Client, refusal } from '../client.ts'
import { type Context, type FormatOptions, formatOf } from '../context.ts'
import { CliError, type ExitCode, exitCodes } from '../exit.ts'
import { graphql } from '../gql/gql.ts'
import { namedProject, type ProjectRef, projectFor, repositoryName } from '../project.ts'
import { readVariables, repositoryOf } from '../variables.ts'

const WorkflowToRun = graphql(`
  query WorkflowToRun($name: String!) {
    workflow(name: $name) { title variables { name type description required } }
    workflows { name }
  }
`)

const StartRun = graphql(`
  mutation StartRun($input: StartRunInput!) {
    startRun(input: $input) {
      ... on StartRunPayload { run { id } }
      ... on UserError { code message hint }
    }
  }
`)

export type RunOptions = FormatOptions & {
  repo?: string
  project?: string
  var?: string[]
  objective?: string
  title?: string
  simulate?: boolean
  manual?: boolean
  /** Micro-dollars. */
  budget?: number
  prefer?: Preference
  priority?: number
  maxParallel?: number
  timeout?: number
  detach?: boolean
  quiet?: boolean
  wait?: boolean
}

/** `orrery run`: starts a run and, unless told to detach, stays with it. */
export async function run(context: Context, workflow: string, options: RunOptions): Promise<ExitCode> {
  const client = context.client()
  const format = formatOf(options)
  const runId = await start(context, client, workflow, options)
  const page = `${client.url}/runs/${runId}`
  const { out, err } = context.terminal
  if (format === 'jsonl' || (format === 'json' && options.detach)) await out.line(JSON.stringify({ runId, page }))
  if (!options.detach) {
    if (!options.quiet) await err.line(`${runId}  ${err.style.dim(page)}`)
    return attend(context, runId, { format, quiet: options.quiet ?? false, wait: options.wait ?? true })
  }
  if (format === 'text') await out.line(runId)
  if (!options.quiet) await err.line(`Started. Watch it with:\n  orrery watch ${runId}\nor in a browser:\n  ${page}`)
  return exitCodes.ok
}

async function start(context: Context, client: Client, workflow: string, options: RunOptions): Promise<string> {
  const { title, priority, maxParallel, timeout } = options
  const template = await workflowNamed(client, workflow)
  const declared = template.variables
  const takesRepository = declared.some(one => one.name === 'repo')
  if (options.repo !== undefined && !takesRepository)
    throw new CliError(`${workflow} takes no repository.`, { hint: 'Leave --repo out.', code: 'BAD_INPUT' })
  const named = options.project === undefined ? null : await namedProject(client, options.project)
  const repo = options.repo ?? (takesRepository ? (named?.repository ?? undefined) : undefined)
  const repository = repo === undefined ? null : repositoryOf(repo, context.cwd, client.url)
  const objective = await readObjective(options.objective, context)
  const given = [
    ...(repository === null ? [] : [`repo=${repository}`]),
    ...(objective === null ? [] : [`objective=${objective}`]),
    ...(options.var ?? []),
  ]
  const variables = readVariables(workflow, declared, given)
  const project: ProjectRef = named ?? (await projectFor(client, repository))
  const { startRun: result } = await client.query(StartRun, {
    input: {
      projectId: project.id,
      workflow,
      variables,
      title: title ?? (repository === null ? null : `${template.title}: ${repositoryName(repository)}`.slice(0, 200)),
      priority: priority ?? null,
      maxParallel: maxParallel ?? null,
      timeoutMs: timeout ?? null,
      simulated: options.simulate ?? null,
      manual: options.manual ?? null,
      budgetMicros: options.budget ?? null,
      preference: options.prefer ?? null,
      idempotencyKey: randomUUID(),
    },
  })
  if ('run' in result) return result.run.id
  throw refusal(result.code, result.message, result.hint)
}

/** The words themselves, or with `-` what is piped in. Throws CliError where there are none. */
async function readObjective(given: string | undefined, { terminal: { input } }: Context): Promise<string | null> {
  if (given === undefined) return null
  const chunks: Buffer[] = []
  if (given === '-') for await (const chunk of input ?? []) chunks.push(Buffer.from(chunk))
  const text = (given === '-' ? Buffer.concat(chunks).toString() : given).trim()
  if (text !== '') return text
  throw new CliError('the objective is empty.', {
    hint: 'Say what is to be done, in a sentence or more.',
    code: 'BAD_INPUT',
  })
}

async function workflowNamed(client: Client, name: string) {
  const { workflow, workflows } = await client.query(WorkflowToRun, { name })
  if (workflow !== null) return workflow
  throw new CliError(`there is no workflow ${JSON.stringify(name)}.`, {
    code: 'NOT_FOUND',
    hint: `There are: ${workflows.map(one => one.name).join(', ') || 'none'}.`,
  })
}
