import { type Context, type FormatOptions, formatOf } from '../context.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { ago, duration, oneLine } from '../format.ts'
import { graphql } from '../gql/gql.ts'
import type { ListApprovalsQuery } from '../gql/graphql.ts'
import { namedProject } from '../project.ts'
import { parseRunId } from '../run-id.ts'
import { type Column, table } from '../table.ts'

const ListApprovals = graphql(`
  query ListApprovals($first: Int!, $filter: ApprovalFilter) {
    approvals(first: $first, filter: $filter) { nodes { ...ShownApproval } pageInfo { hasNextPage } }
  }
`)

type Listed = ListApprovalsQuery['approvals']['nodes'][number]
export type ApprovalsOptions = FormatOptions & { project?: string; run?: string; limit: number; all?: boolean }

/** `orrery approvals`: what runs ask people. */
export async function approvals(context: Context, options: ApprovalsOptions): Promise<ExitCode> {
  const client = context.client()
  const filter = {
    projectId: options.project === undefined ? null : (await namedProject(client, options.project)).id,
    runId: options.run === undefined ? null : parseRunId(options.run),
    statuses: options.all ? null : (['OPEN'] as const).slice(),
    kinds: null,
  }
  const { nodes, pageInfo } = (await client.query(ListApprovals, { first: options.limit, filter })).approvals
  await write(context, nodes, options)
  if (formatOf(options) === 'text' && pageInfo.hasNextPage)
    await context.terminal.err.line('There are more. --limit shows up to 100.')
  return exitCodes.ok
}

async function write(context: Context, found: readonly Listed[], options: ApprovalsOptions): Promise<void> {
  const { out, err } = context.terminal
  switch (formatOf(options)) {
    case 'json':
      return out.line(JSON.stringify(found.map(toJson), null, 2))
    case 'jsonl':
      for (const one of found) await out.line(JSON.stringify(toJson(one)))
      return
    case 'text':
      if (found.length === 0)
        return err.line(options.all ? 'Nobody was asked anything yet.' : 'Nobody is asked anything.')
      for (const line of table(found, columns(context), { width: out.width(), style: out.style })) await out.line(line)
  }
}

const toJson = ({ id, run, task, ...rest }: Listed) => ({
  approvalId: id,
  runId: run?.id ?? null,
  run: run?.title ?? null,
  task: task?.key ?? null,
  ...rest,
})

const columns = ({ now, terminal }: Context): Column<Listed>[] => [
  { title: 'APPROVAL', text: one => one.id },
  {
    title: 'STATUS',
    text: one => one.status.toLowerCase(),
    paint: (text, one) => terminal.out.style[one.status === 'OPEN' ? 'yellow' : 'dim'](text),
  },
  { title: 'KIND', expendable: 2, text: one => one.kind.toLowerCase() },
  { title: 'TITLE', flexible: true, text: one => oneLine(one.title) },
  { title: 'RUN', expendable: 1, text: one => oneLine(one.run?.title ?? '').slice(0, 40) },
  { title: 'ASKED', expendable: 4, text: one => ago(Date.parse(one.requestedAt), now()) },
  {
    title: 'LEFT',
    align: 'right',
    expendable: 3,
    text: one => (one.dueAt === null ? '' : duration(Date.parse(one.dueAt) - now())),
  },
]
