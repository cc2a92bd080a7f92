import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Json } from '../../domain/json.ts'
import type { Preference } from '../arguments.ts'
import { attend } from '../attend.ts'
import { type Client, refusal } from '../client.ts'
import { type Context, type FormatOptions, formatOf } from '../context.ts'
import { CliError, type ExitCode, exitCodes } from '../exit.ts'
import { graphql } from '../gql/gql.ts'
import { parseRunId } from '../run-id.ts'
import { readVariables } from '../variables.ts'

const RunToFork = graphql(`
  query RunToFork($id: ID!) { run(id: $id) { head workflow variables } }
`)

const VariablesOfWorkflow = graphql(`
  query VariablesOfWorkflow($name: String!) { workflow(name: $name) { variables { name type description } } }
`)

const ForkRun = graphql(`
  mutation ForkRun($input: ForkRunInput!) {
    forkRun(input: $input) {
      ... on ForkRunPayload { run { id forkedFrom { seq } } }
      ... on UserError { code message hint }
    }
  }
`)

export type ForkOptions = FormatOptions & {
  at?: number
  objective?: string
  var?: string[]
  title?: string
  prompt?: string[]
  replacePrompt?: string[]
  prefer?: Preference
  allowModel?: string[]
  /** Micro-dollars. */
  budget?: number
  withoutTool?: string[]
  reason?: string
  detach?: boolean
  quiet?: boolean
  wait?: boolean
}

/** `orrery fork`: begins a run with the events of another one, and, unless told to detach, stays with it. */
export async function fork(context: Context, given: string, options: ForkOptions): Promise<ExitCode> {
  const client = context.client()
  const format = formatOf(options)
  const fromRunId = parseRunId(given)
  const { runId, seq } = await begin(context, client, { fromRunId, options })
  const page = `${client.url}/runs/${runId}`
  const { out, err } = context.terminal
  if (format === 'jsonl' || (format === 'json' && options.detach))
    await out.line(JSON.stringify({ runId, forkedFrom: { runId: fromRunId, seq }, page }))
  if (!options.quiet) await err.line(`${runId}  begins after event ${seq} of ${fromRunId}  ${err.style.dim(page)}`)
  if (!options.detach)
    return attend(context, runId, { format, quiet: options.quiet ?? false, wait: options.wait ?? true })
  if (format === 'text') await out.line(runId)
  return exitCodes.ok
}

type Wanted = { fromRunId: string; options: ForkOptions }

async function begin(context: Context, client: Client, { fromRunId, options }: Wanted) {
  const { run } = await client.query(RunToFork, { id: fromRunId })
  if (run === null) throw new CliError(`there is no run ${fromRunId}.`, { code: 'NOT_FOUND' })
  const { title, objective, prefer, allowModel, budget, withoutTool } = options
  const { forkRun: result } = await client.query(ForkRun, {
    input: {
      runId: fromRunId,
      atSeq: options.at ?? run.head,
      reason: options.reason ?? null,
      idempotencyKey: randomUUID(),
      changes: {
        title: title ?? null,
        objective: objective ?? null,
        variables: await variablesOf(client, run.workflow, { given: options.var ?? [], before: run.variables }),
        prompts: promptsOf(options, context.cwd),
        preference: prefer ?? null,
        allowedModels: allowModel ?? null,
        budgetMicros: budget ?? null,
        withoutTools: withoutTool ?? null,
      },
    },
  })
  if ('run' in result) return { runId: result.run.id, seq: result.run.forkedFrom?.seq ?? run.head }
  throw refusal(result.code, result.message, result.hint)
}

/** Read as the workflow of today declares them, or, where it is gone, as what they are now. */
async function variablesOf(
  client: Client,
  workflow: string,
  { given, before }: { given: readonly string[]; before: unknown },
): Promise<Record<string, Json> | null> {
  if (given.length === 0) return null
  const template = (await client.query(VariablesOfWorkflow, { name: workflow })).workflow
  const declared = template?.variables ?? Object.entries(before as Record<string, Json>).map(asDeclared)
  return readVariables(
    workflow,
    declared.map(one => ({ ...one, required: false })),
    given,
  )
}

const asDeclared = ([name, value]: [string, Json]) => ({
  name,
  type: Array.isArray(value) ? 'string[]' : typeof value === 'object' ? 'string' : typeof value,
  description: '',
})

/** `role=words`, or `role=@file` for what stands in a file. Throws CliError. */
function promptsOf({ prompt = [], replacePrompt = [] }: ForkOptions, cwd: string) {
  const read = (text: string, replaces: boolean) => {
    const [, role, words] = /^([^=]+)=(.+)$/s.exec(text) ?? []
    if (role === undefined || words === undefined)
      throw new CliError(`--prompt ${text}: write it as role=words, or as role=@file.`, { code: 'BAD_INPUT' })
    return { role, text: words.startsWith('@') ? contentOf(resolve(cwd, words.slice(1))) : words, replaces }
  }
  return [...replacePrompt.map(text => read(text, true)), ...prompt.map(text => read(text, false))]
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { message } = error as Error
    throw new CliError(`the file of a prompt cannot be read: ${message}.`, { code: 'BAD_INPUT' })
  }
}
