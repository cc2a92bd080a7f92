import type { RunStatus } from '../../domain/run/state.ts'
import { runStatuses } from '../../domain/run/state.ts'
import { type Context, type FormatOptions, formatOf } from '../context.ts'
import { CliError, type ExitCode, exitCodes } from '../exit.ts'
import { ago, duration, oneLine } from '../format.ts'
import { graphql } from '../gql/gql.ts'
import type { ListRunsQuery } from '../gql/graphql.ts'
import { namedProject } from '../project.ts'
import { type Column, table } from '../table.ts'
import { runSigns } from '../view/words.ts'

const ListRuns = graphql(`
  query ListRuns($first: Int!, $filter: RunFilter) {
    runs(first: $first, filter: $filter) { nodes { ...ListedRun } pageInfo { hasNextPage } }
  }
`)
const ListProjectRuns = graphql(`
  query ListProjectRuns($id: ID!, $first: Int!, $filter: RunFilter) {
    project(id: $id) { runs(first: $first, filter: $filter) { nodes { ...ListedRun } pageInfo { hasNextPage } } }
  }
`)
// biome-ignore lint/correctness/noUnusedVariables: the generator reads it, the two queries above cite it.
const ListedRun = graphql(`
  fragment ListedRun on Run {
    id status title workflow startedAt endedAt
    project { slug }
    progress { total ended failed }
  }
`)

type Listed = ListRunsQuery['runs']['nodes'][number]

export type ListOptions = FormatOptions & {
  project?: string
  status?: string[]
  workflow?: string
  limit: number
  all?: boolean
}

/** `orrery list`: runs, newest first. */
export async function list(context: Context, options: ListOptions): Promise<ExitCode> {
  const client = context.client()
  const filter = {
    statuses: options.status === undefined ? null : options.status.map(statusOf),
    workflow: options.workflow ?? null,
    topLevel: options.all ? null : true,
    title: null,
    correlationId: null,
  }
  const page = { first: options.limit, filter }
  const { nodes, pageInfo } =
    options.project === undefined
      ? (await client.query(ListRuns, page)).runs
      : ((await client.query(ListProjectRuns, { ...page, id: (await namedProject(client, options.project)).id }))
          .project?.runs ?? empty)
  await write(context, nodes, options)
  if (formatOf(options) === 'text' && pageInfo.hasNextPage)
    await context.terminal.err.line('There are more. --limit shows up to 100.')
  return exitCodes.ok
}

const empty = { nodes: [], pageInfo: { hasNextPage: false } }

function statusOf(text: string): RunStatus {
  const status = runStatuses.find(one => one === text.toUpperCase())
  if (status !== undefined) return status
  throw new CliError(`--status ${text}: there is no such status.`, {
    hint: `It is one of ${runStatuses.join(', ').toLowerCase()}.`,
  })
}

async function write(context: Context, runs: readonly Listed[], options: ListOptions): Promise<void> {
  const { out, err } = context.terminal
  switch (formatOf(options)) {
    case 'json':
      return out.line(JSON.stringify(runs.map(toJson), null, 2))
    case 'jsonl':
      for (const run of runs) await out.line(JSON.stringify(toJson(run)))
      return
    case 'text':
      if (runs.length === 0) return err.line('There are none.')
      for (const line of table(runs, columns(context), { width: out.width(), style: out.style })) await out.line(line)
  }
}

const toJson = ({ id, project, progress, ...run }: Listed) => ({
  runId: id,
  ...run,
  project: project?.slug ?? null,
  tasks: progress,
})

const columns = ({ now, terminal }: Context): Column<Listed>[] => [
  { title: 'RUN', text: run => run.id },
  {
    title: 'STATUS',
    text: run => `${runSigns[run.status].text} ${run.status.toLowerCase()}`,
    paint: (text, run) => terminal.out.style[runSigns[run.status].colour](text),
  },
  { title: 'TASKS', align: 'right', text: ({ progress }) => `${progress.ended}/${progress.total}` },
  { title: 'TITLE', flexible: true, text: run => oneLine(run.title) },
  { title: 'PROJECT', expendable: 1, text: run => run.project?.slug ?? '' },
  { title: 'STARTED', expendable: 3, text: run => ago(Date.parse(run.startedAt), now()) },
  {
    title: 'TOOK',
    align: 'right',
    expendable: 2,
    text: run => duration((run.endedAt === null ? now() : Date.parse(run.endedAt)) - Date.parse(run.startedAt)),
  },
]
