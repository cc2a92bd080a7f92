/**
 * What an agent is told before its first turn. What stays the same for all tasks of a run stands first, the task itself
 * last: providers cache what requests begin with.
 */
import { stringify } from 'yaml'
import { z } from 'zod'
import { TestReport } from '../../domain/artifact.ts'
import type { Json } from '../../domain/json.ts'
import type { TextPart } from '../../domain/model.ts'
import type { ArtifactRef, TaskContext } from '../../domain/ports.ts'
import type { Role } from '../../domain/role.ts'
import { cleanJson, cleanText } from '../../domain/run/clean.ts'
import { parseJson } from '../sandboxed/parse-json.ts'
import { markUntrusted, show } from '../tools/output.ts'
import { renderTests } from '../tools/test-report.ts'
import type { ToolEnv } from '../tools/tool.ts'
import { text } from './conversation.ts'
import type { RoleInput } from './role-input.ts'
import { survey } from './survey.ts'
import type { Taint } from './taint.ts'

const mostOfArtifact = 16 * 1024
/** Artifacts that are made of what strangers wrote. */
const fromOutside: readonly string[] = ['ResearchNote']

export type Briefing = {
  env: ToolEnv
  taint: Taint
  role: Pick<Role, 'reads'>
  input: RoleInput
}

export async function firstMessage(briefing: Briefing): Promise<TextPart[]> {
  const { input } = briefing
  return [
    ...(input.source === undefined ? [] : await aboutProject(briefing)),
    ...(await madeByOthers(briefing)),
    text(`# Your task\n${input.objective}`),
    ...(await notesOf(briefing)),
    ...(await revisionOf(briefing)),
  ]
}

async function aboutProject({ env, taint }: Briefing): Promise<TextPart[]> {
  const { conventions, scripts, tree, head } = await survey(env)
  taint.note('repository')
  const mark = (said: string, file: string) => (taint.isStrange('repository') ? markUntrusted(said, file) : said)
  const rules = conventions.map(
    ({ file, text, whole }) => `## ${file}\n${mark(text, file)}${whole ? '' : '\n[… read the file for the rest]'}`,
  )
  const facts = [
    ...(head === null ? [] : [`It stands at ${commitOf(head)}.`]),
    ...(scripts.length === 0 ? [] : [`Scripts of package.json:\n${scripts.join('\n')}`]),
    `Files:\n${tree.join('\n') || '(none)'}`,
  ]
  return [
    ...(rules.length === 0 ? [] : [text(`# Conventions of the project\n${rules.join('\n\n')}`)]),
    text(`# The repository\n${mark(facts.join('\n\n'), 'repository')}`),
  ]
}

/** `commit 182a9d7 "Mend the discount"` */
const commitOf = (head: string): string => head.replace(/^([0-9a-f]{7})[0-9a-f]* ?(.*)$/, 'commit $1 "$2"')

const Refs = z.array(z.object({ kind: z.string(), title: z.string(), hash: z.string(), mediaType: z.string() }))

/** The newest artifact of each kind that the role reads, as they were when the task began. */
async function madeByOthers({ env, taint, role }: Briefing): Promise<TextPart[]> {
  const { context } = env
  if (role.reads.length === 0) return []
  const record = await context.journal('gather', `What ${role.reads.join(', ')} say`, async () => {
    const all = await context.artifacts()
    const newest = role.reads.flatMap(kind => all.findLast(one => one.kind === kind) ?? [])
    return { output: newest.map(({ kind, title, hash, mediaType }: ArtifactRef) => ({ kind, title, hash, mediaType })) }
  })
  const parts = Refs.parse(record.output).map(async ({ kind, title, hash, mediaType }) => {
    const body = await context.blobs.get(hash)
    const said =
      mediaType === 'application/json' ? await readable(kind, parseJson(body), env) : new TextDecoder().decode(body)
    const shown = await shortened(said, env)
    const strange = fromOutside.includes(kind) || isTainted(mediaType === 'application/json' ? parseJson(body) : null)
    if (strange) taint.note('outside')
    return text(`# ${kind}: ${cleanText(title)}\n${strange ? markUntrusted(shown, kind) : shown}`)
  })
  return Promise.all(parts)
}

async function readable(kind: string, body: unknown, env: ToolEnv): Promise<string> {
  const report = kind === 'TestReport' ? TestReport.safeParse(body) : null
  return report?.success ? renderTests(report.data, '') : outline(toldOf(await withDiff(body, env)))
}

/** What is left out says as much: lists that are empty, fields that are not known, and the label, which is for people. */
function toldOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toldOf)
  if (typeof value !== 'object' || value === null) return value
  const isTold = ([name, inner]: [string, unknown]) =>
    !['simulated', 'tainted'].includes(name) && inner !== null && !(Array.isArray(inner) && inner.length === 0)
  return Object.fromEntries(
    Object.entries(value)
      .filter(isTold)
      .map(([name, inner]) => [name, toldOf(inner)]),
  )
}

const WithDiff = z.looseObject({ diff: z.looseObject({ hash: z.string(), text: z.string().nullable() }) })

/** A diff that was too long to be kept as text is fetched, so that it can be read on from its handle. */
async function withDiff(body: unknown, { context }: ToolEnv): Promise<unknown> {
  const parsed = WithDiff.safeParse(body)
  if (!parsed.success) return body
  const { diff, ...rest } = parsed.data
  const whole = diff.text ?? new TextDecoder().decode(await context.blobs.get(diff.hash))
  return { ...rest, diff: whole }
}

async function shortened(said: string, env: ToolEnv): Promise<string> {
  const shown = await show(said, env.context.blobs, mostOfArtifact)
  if (shown.handle !== null) env.handles.set(shown.handle, 'repository')
  return shown.text
}

/** JSON as people write it: text of several lines stays text of several lines. */
export const outline = (value: unknown): string =>
  stringify(cleanJson(value ?? null), { lineWidth: 0, blockQuote: 'literal', aliasDuplicateObjects: false }).trim()

/** Whether it says anywhere that whoever made it had read what strangers wrote. */
const isTainted = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (('tainted' in value && value.tainted === true) || Object.values(value).some(isTainted))

async function notesOf({ env, taint, role, input }: Briefing): Promise<TextPart[]> {
  if (isNothing(input.notes)) return []
  const told = role.reads.includes('TestReport') ? withoutFailures(input.notes) : input.notes
  const notes = await shortened(typeof told === 'string' ? told : outline(toldOf(told)), env)
  const strange = isTainted(input.notes)
  if (strange) taint.note('outside')
  return [text(`# Notes\n${strange ? markUntrusted(notes, 'handoff') : notes}`)]
}

const WithTests = z.looseObject({
  tests: z.looseObject({ failures: z.unknown().optional(), findings: z.unknown().optional() }),
})

/** The report of the tests stands above, with what failed and why. */
function withoutFailures(notes: unknown): unknown {
  const parsed = WithTests.safeParse(notes)
  if (!parsed.success) return notes
  const { failures: _, findings: __, ...counts } = parsed.data.tests
  return { ...(notes as object), tests: counts }
}

const isNothing = (value: Json | undefined): boolean => value === undefined || value === null || value === ''

async function revisionOf({ env, taint }: Briefing): Promise<TextPart[]> {
  const { revision }: TaskContext = env.context
  if (revision === null) return []
  const told = async (said: Json, from: string) => {
    const shown = await shortened(outline(said), env)
    if (!isTainted(said)) return shown
    taint.note('outside')
    return markUntrusted(shown, from)
  }
  const previous = await told(revision.previous, 'your earlier result')
  const findings = await told(revision.findings, 'findings')
  return [
    text(
      `# Your work came back (round ${revision.round})\nMend what was found; leave the rest as it is. Where a finding is wrong, leave the code and say why.\n\n## What was found\n${findings}\n\n## What you handed in\n${previous}`,
    ),
  ]
}
