import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { OrreryError } from '../../domain/errors.ts'
import { toGlobalId, uuidOf } from '../../domain/ids.ts'
import { cleanText } from '../../domain/run/clean.ts'
import type { Client } from '../client.ts'
import { type Context, type FormatOptions, formatOf } from '../context.ts'
import { CliError, type ExitCode, exitCodes } from '../exit.ts'
import { readRun } from '../follow.ts'
import { artifactJson } from '../json.ts'
import { runIdOrNewest } from '../run-id.ts'
import { artifactTable } from '../view/artifacts.ts'

/** `orrery artifacts list`: what the tasks of a run made. */
export async function listArtifacts(
  context: Context,
  given: string | undefined,
  options: FormatOptions & { kind?: string },
): Promise<ExitCode> {
  const client = context.client()
  const runId = await runIdOrNewest(client, given)
  const { run } = await readRun(client, runId)
  const artifacts = run.artifacts.filter(artifact => options.kind === undefined || artifact.kind === options.kind)
  const { out, err } = context.terminal
  switch (formatOf(options)) {
    case 'json':
      await out.line(JSON.stringify(artifacts.map(artifactJson), null, 2))
      break
    case 'jsonl':
      for (const artifact of artifacts) await out.line(JSON.stringify(artifactJson(artifact)))
      break
    case 'text':
      if (artifacts.length === 0) await err.line('There are none.')
      else
        for (const line of artifactTable(run, { width: out.width(), style: out.style }, artifacts)) await out.line(line)
  }
  return exitCodes.ok
}

export type GetOptions = { kind?: string; output?: string; all?: boolean }

/** `orrery artifacts get`: the bytes of an artifact; of a run the newest one of a kind, or all of them. */
export async function getArtifact(
  context: Context,
  given: string | undefined,
  { kind, output, all = false }: GetOptions,
): Promise<ExitCode> {
  const client = context.client()
  if (all) return await getAll(context, await runIdOrNewest(client, given), { kind: kind ?? null, output })
  const id = given?.startsWith('art_') ? artifactId(given) : await newestOfKind(client, given, kind ?? 'Markdown')
  const body = await client.artifact(id)
  if (output !== undefined) {
    await toFile(body, output)
    await context.terminal.err.line(`${id} is in ${output}`)
  } else await toScreen(context, body)
  return exitCodes.ok
}

async function getAll(
  { terminal: { out, err }, client }: Context,
  runId: string,
  { kind, output }: { kind: string | null; output: string | undefined },
): Promise<ExitCode> {
  if (output === undefined && out.isTerminal)
    throw new CliError('an archive is no text.', { hint: 'Write it to a file with --output <file>.zip.' })
  const body = await client().archive(runId, kind)
  if (output === undefined) await toPipe(out, body)
  else {
    await toFile(body, output)
    await err.line(`What ${runId} has made is in ${output}`)
  }
  return exitCodes.ok
}

async function toPipe(out: Context['terminal']['out'], body: ReadableStream<Uint8Array>): Promise<void> {
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) await out.write(chunk)
}

function artifactId(given: string): string {
  try {
    uuidOf('Artifact', given)
    return given
  } catch (error) {
    if (!(error instanceof OrreryError)) throw error
    throw new CliError(`${JSON.stringify(given)} is not an id such as art_0199c1d2….`, {
      hint: 'orrery artifacts list shows them.',
    })
  }
}

async function newestOfKind(client: Client, given: string | undefined, kind: string): Promise<string> {
  const runId = await runIdOrNewest(client, given)
  const { run } = await readRun(client, runId)
  const found = run.artifacts.findLast(artifact => artifact.kind === kind)
  if (found !== undefined) return toGlobalId('Artifact', found.id)
  const kinds = [...new Set(run.artifacts.map(artifact => artifact.kind))].join(', ')
  throw new CliError(`${runId} has no artifact of kind ${kind}.`, {
    hint: kinds === '' ? 'It has made none yet.' : `It has ${kinds}.`,
    code: 'NOT_FOUND',
  })
}

async function toFile(body: ReadableStream<Uint8Array>, path: string): Promise<void> {
  try {
    await pipeline(Readable.fromWeb(body as never), createWriteStream(path))
  } catch (error) {
    throw new CliError(`${path} cannot be written: ${(error as Error).message}.`)
  }
}

/** To a pipe as it is. To a terminal as text only, and without what could rewrite the screen: it was made of a stranger's repository. */
async function toScreen({ terminal: { out } }: Context, body: ReadableStream<Uint8Array>): Promise<void> {
  if (!out.isTerminal) return await toPipe(out, body)
  const text = textOf(new Uint8Array(await new Response(body).arrayBuffer()))
  if (text === null)
    throw new CliError('this artifact is no text.', { hint: 'Write it to a file with --output <file>.' })
  await out.write(text.endsWith('\n') ? cleanText(text) : `${cleanText(text)}\n`)
}

/** null for what is not UTF-8, or holds a NUL as archives do. */
function textOf(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
