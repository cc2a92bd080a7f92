/** One tool call of a model: checked, run, recorded, and shown as its result. Nothing that a model can get wrong is thrown. */
import { z } from 'zod'
import type { Json } from '../../domain/json.ts'
import type { ToolCallPart } from '../../domain/model.ts'
import type { JournalResult, RecordedCall } from '../../domain/ports.ts'
import { cleanText } from '../../domain/run/clean.ts'
import { invalidInputOf } from '../providers/tool-input.ts'
import { faultsOf } from '../tools/faults.ts'
import { markUntrusted, show } from '../tools/output.ts'
import { origins, type Tool, type ToolEnv, type ToolOutcome } from '../tools/tool.ts'
import { type Taint, whyRefused } from './taint.ts'

export type CallDeps = { tools: readonly Tool[]; env: ToolEnv; taint: Taint }

export type Called = {
  text: string
  isError: boolean
  /** The call itself made no sense: no such tool, or arguments that do not fit. */
  malformed: boolean
}

const refusal = (text: string): Called => ({ text, isError: true, malformed: true })

/** What the journal keeps of a result; its text is a blob. */
const Kept = z.object({
  isError: z.boolean(),
  origin: z.enum(origins),
  /** Blobs of which read_more may read more. */
  handles: z.array(z.string()),
})
type Kept = z.infer<typeof Kept>

/** Throws what a tool throws: where its surroundings fail, where its task ends or waits. */
export async function callTool(call: ToolCallPart, deps: CallDeps): Promise<Called> {
  const tool = deps.tools.find(({ name }) => name === call.name)
  if (tool === undefined) {
    const names = [...deps.tools.map(({ name }) => name), 'submit'].join(', ')
    return refusal(`There is no tool ${cleanText(call.name).slice(0, 60)} for you. Yours are: ${names}.`)
  }
  const broken = invalidInputOf(call.input)
  const given = broken === null ? asObject(call.input) : null
  if (given === null) {
    const start = cleanText(broken ?? String(call.input)).slice(0, 120)
    return refusal(
      `The arguments of ${tool.name} are not a JSON object: ${start}. Nothing was done. Write ${formOf(tool)}.`,
    )
  }
  const args = tool.input.safeParse(given)
  if (!args.success) {
    const faults = faultsOf(args.error).join('\n- ')
    return refusal(
      `The arguments of ${tool.name} do not fit. Nothing was done.\n- ${faults}\nIts form: ${formOf(tool)}.`,
    )
  }
  const refused = await whyRefused(tool, given, { context: deps.env.context, taint: deps.taint })
  if (refused !== null) return { text: refused, isError: true, malformed: false }
  return finish(tool, await run(tool, args.data, deps.env), deps)
}

/** Some models write the object as a text. */
function asObject(input: Json): { readonly [key: string]: Json } | null {
  let value: unknown = input
  if (typeof input === 'string') {
    try {
      value = input.trim() === '' ? {} : JSON.parse(input)
    } catch {
      return null
    }
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? (value as { readonly [key: string]: Json }) : null
}

const formOf = ({ input }: Tool): string =>
  `{${Object.entries(input.shape)
    .map(([name, schema]) => `"${name}"${schema.safeParse(undefined).success ? '?' : ''}`)
    .join(', ')}}`

async function run(tool: Tool, args: Record<string, unknown>, env: ToolEnv): Promise<Kept & { text: string }> {
  if (tool.recorded === 'itself') {
    const { text, kept } = await keep(await tool.run(args, env), env)
    return { ...kept, text }
  }
  const summary = summaryOf(tool.name, args)
  const record =
    tool.recorded === 'tree'
      ? await env.desk.step(tool.name, summary, async place =>
          recordable(await tool.run(args, env, async () => place), env),
        )
      : await env.desk.look(tool.name, summary, async open => recordable(await tool.run(args, env, open), env))
  return { ...Kept.parse(record.output), text: await textOf(record, env) }
}

async function keep(outcome: ToolOutcome, { context }: ToolEnv): Promise<{ text: string; kept: Kept }> {
  const { text, handle } = await show(outcome.text, context.blobs)
  const handles = [handle, outcome.handle ?? null].filter(each => each !== null)
  return { text, kept: { isError: outcome.isError ?? false, origin: outcome.origin ?? 'own', handles } }
}

async function recordable(outcome: ToolOutcome, env: ToolEnv): Promise<Omit<JournalResult, 'treeHash'>> {
  const { text, kept } = await keep(outcome, env)
  const { hash } = await env.context.blobs.put(new TextEncoder().encode(text))
  return { output: kept, outputHash: hash }
}

const textOf = async ({ outputHash }: RecordedCall, { context }: ToolEnv): Promise<string> =>
  outputHash === null ? '' : new TextDecoder().decode(await context.blobs.get(outputHash))

function finish(tool: Tool, { text, isError, origin, handles }: Kept & { text: string }, deps: CallDeps): Called {
  for (const handle of handles) deps.env.handles.set(handle, origin)
  deps.taint.note(origin)
  const shown = deps.taint.isStrange(origin) ? markUntrusted(text, tool.name) : text
  return { text: shown, isError, malformed: false }
}

/** For people: the tool and what it was used on. */
function summaryOf(name: string, args: Record<string, unknown>): string {
  const subject = ['command', 'pattern', 'url', 'query', 'path', 'files'].map(key => args[key]).find(Boolean)
  const told = subject === undefined ? '' : ` ${String(subject)}`
  return cleanText(`${name}${told}`).replace(/\s+/g, ' ').slice(0, 160)
}
