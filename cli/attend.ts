/** Stays with a run until it ends or the user leaves: shows it on stderr, writes what came of it to stdout. */
import type { ZodSafeParseResult } from 'zod'
import { AuditReport } from '../domain/artifact.ts'
import { toGlobalId } from '../domain/ids.ts'
import { isRunEnded, type Run } from '../domain/run/state.ts'
import { CodePatch } from '../domain/work.ts'
import type { Context, Format } from './context.ts'
import { type ExitCode, exitCodeOf, exitCodes } from './exit.ts'
import { type Followed, followRun, isCaughtUp, readRun } from './follow.ts'
import { count } from './format.ts'
import { eventJson, runJson } from './json.ts'
import { createOutputs } from './outputs.ts'
import { createQuestions, type Questions } from './questions.ts'
import { createLiveView, type View } from './view/live.ts'
import { createLogView } from './view/log.ts'
import { renderSummary } from './view/summary.ts'

/** `wait`: whether to stay while the run waits for a person. */
export type AttendOptions = { format: Format; quiet?: boolean; wait?: boolean }

export async function attend(
  context: Context,
  runId: string,
  { format, quiet = false, wait = true }: AttendOptions,
): Promise<ExitCode> {
  const { terminal, now } = context
  const view = quiet
    ? silent
    : terminal.err.isTerminal
      ? createLiveView(terminal.err, now, createOutputs(runId, context.connection))
      : createLogView(terminal.err)
  const questions = createQuestions(context, view)
  let last: Followed | null = null
  try {
    last = await context.untilInterrupted(signal => follow(context, { runId, signal, format, view, questions, wait }))
  } finally {
    await questions.close()
    await view.close()
  }
  const run = last?.run
  if (run === undefined || (!isRunEnded(run.status) && run.status !== 'WAITING')) {
    await terminal.err.line(`\nDetached; the run goes on. Attach again:\n  orrery watch ${runId}`)
    return exitCodes.detached
  }
  if (terminal.err.isTerminal && format === 'text') await terminal.err.line()
  await writeResult(context, run, format)
  return exitCodeOf(run)
}

type Follow = {
  runId: string
  signal: AbortSignal
  format: Format
  view: View
  questions: Questions
  wait: boolean
}

/** Ends with the run, with Ctrl-C, and where nobody wants to wait with a question to a person. */
async function follow(context: Context, options: Follow): Promise<Followed | null> {
  const { runId, signal, format, view, questions, wait } = options
  const { out } = context.terminal
  let last: Followed | null = null
  const onConnection = (tries: number) => view.connection(tries)
  const known = view.wantsHistory || format === 'jsonl' ? null : await readRun(context.client(), runId)
  for await (const followed of followRun({ runId, signal, onConnection, connection: context.connection }, known)) {
    last = followed
    view.show(followed)
    if (format === 'jsonl') for (const event of followed.events) await out.line(JSON.stringify(eventJson(event)))
    if (isCaughtUp(followed.status)) questions.follow(followed.run)
    if (followed.run.status === 'WAITING' && !wait) break
  }
  return last
}

async function writeResult(context: Context, run: Run, format: Format): Promise<void> {
  const { out } = context.terminal
  const { url } = context.connection()
  if (format === 'jsonl') return
  const audit = await readNewest(context, run, 'AuditReport', AuditReport)
  const patch = await readNewest(context, run, 'CodePatch', CodePatch)
  if (format === 'json')
    return out.line(
      JSON.stringify(
        {
          ...runJson(run, url),
          audit: audit === null ? null : auditJson(audit),
          patch: patch === null ? null : patchJson(patch),
        },
        null,
        2,
      ),
    )
  for (const line of renderSummary(run, { url, audit, patch, width: out.width(), style: out.style }))
    await out.line(line)
}

/** The newest artifact of a kind; null where the run made none. */
async function readNewest<Body>(
  context: Context,
  run: Run,
  kind: string,
  schema: { safeParse(body: unknown): ZodSafeParseResult<Body> },
): Promise<Body | null> {
  const artifact = run.artifacts.findLast(one => one.kind === kind)
  if (artifact === undefined) return null
  const body = await context.client().artifact(toGlobalId('Artifact', artifact.id))
  const parsed = schema.safeParse(await new Response(body).json())
  if (parsed.success) return parsed.data
  await context.terminal.err.line(
    `The ${kind} cannot be understood (${count(parsed.error.issues.length, 'fault')}): this command line is older than the server.`,
  )
  return null
}

const patchJson = ({ branch, commit, files, added, removed, simulated }: CodePatch) => ({
  branch,
  commit,
  files: files.length,
  added,
  removed,
  simulated,
})

const auditJson = ({ counts, summary, findings, tests, notChecked }: AuditReport) => ({
  counts,
  summary,
  findings: findings.length,
  tests: tests.map(({ runner, outcome, passed, failed, skipped }) => ({ runner, outcome, passed, failed, skipped })),
  notChecked: notChecked.length,
})

const silent: View = {
  wantsHistory: false,
  show() {},
  connection() {},
  async pause() {},
  resume() {},
  async close() {},
}
