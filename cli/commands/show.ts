import { toGlobalId } from '../../domain/ids.ts'
import { begunAt, type Run } from '../../domain/run/state.ts'
import { type Context, type FormatOptions, formatOf } from '../context.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { type Followed, readRun } from '../follow.ts'
import { ago, duration, oneLine } from '../format.ts'
import { runJson } from '../json.ts'
import { howToAnswer } from '../questions.ts'
import { runIdOrNewest } from '../run-id.ts'
import { cut, type Style } from '../style.ts'
import { artifactTable } from '../view/artifacts.ts'
import { costOf } from '../view/cost.ts'
import { renderQuestion } from '../view/question.ts'
import { progressLine, renderTree } from '../view/tree.ts'
import { runSigns } from '../view/words.ts'

/** `orrery show`: a run as it is now. */
export async function show(context: Context, given: string | undefined, options: FormatOptions): Promise<ExitCode> {
  const client = context.client()
  const runId = await runIdOrNewest(client, given)
  const followed = await readRun(client, runId)
  const { out } = context.terminal
  if (formatOf(options) !== 'text')
    await out.line(JSON.stringify(runJson(followed.run, client.url), null, options.jsonl ? 0 : 2))
  else
    for (const line of render(followed, { now: context.now(), url: client.url, width: out.width(), style: out.style }))
      await out.line(line)
  return exitCodes.ok
}

/** What it waits for, and how to answer. */
function asked(run: Run, { width, style }: ShowOptions): string[] {
  return run.approvals
    .filter(({ status }) => status === 'OPEN')
    .flatMap(approval => [...renderQuestion(approval, { width, style }), ...howToAnswer(approval)])
}

type ShowOptions = { now: number; url: string; width: number; style: Style }

function render({ run, calls }: Followed, options: ShowOptions): string[] {
  const { now, width, style } = options
  const sign = runSigns[run.status]
  return [
    `${style[sign.colour](sign.text)} ${style.bold(oneLine(run.title))}  ${style.dim(run.status.toLowerCase())}`,
    ...facts(run, options),
    ...(run.error === null ? [] : [`  ${style.red(cut(oneLine(run.error.message), width - 2))}`]),
    ...asked(run, options),
    '',
    ...renderTree(run, { now, calls, width, room: 500, style }),
    style.dim(`  ${progressLine(run)}`),
    ...(run.artifacts.length === 0 ? [] : ['', ...artifactTable(run, { width, style })]),
  ]
}

const forkOf = ({ runId, seq }: NonNullable<Run['forkedFrom']>): string =>
  `${toGlobalId('Run', runId)}, after event ${seq}`

function facts(run: Run, { now, url, width, style }: ShowOptions): string[] {
  const id = toGlobalId('Run', run.id)
  const variables = Object.entries(run.variables ?? {}).filter(([, value]) => value !== null)
  const rows: [string, string][] = [
    ['run', id],
    ['workflow', `${run.workflow} ${run.workflowVersion}`],
    ...(run.forkedFrom == null ? [] : [['fork of', forkOf(run.forkedFrom)] as [string, string]]),
    ...variables.map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
    [
      'started',
      `${ago(begunAt(run), now)}, ${run.endedAt === null ? 'at it for' : 'took'} ${duration((run.endedAt ?? now) - begunAt(run))}`,
    ],
    ...(run.spentMicros > 0 || run.simulated ? [['cost', costOf(run)] as [string, string]] : []),
    ...(run.manual ? [['manual', 'every task waits for a go'] as [string, string]] : []),
    ['events', String(run.head)],
    ['page', `${url}/runs/${id}`],
  ]
  const column = Math.max(...rows.map(([name]) => name.length))
  // What people copy is never cut: a terminal that is too narrow goes on in the next line.
  const shown = (name: string, value: string) =>
    name === 'run' || name === 'page' ? value : cut(oneLine(value), width - column - 4)
  return rows.map(([name, value]) => `  ${style.dim(name.padEnd(column))}  ${shown(name, value)}`)
}
