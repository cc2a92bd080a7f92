import type { RunStatus } from '../domain/run/state.ts'
import { type OfParent, type Page, type PageRequest, toPage, toPages } from './page.ts'
import { columns, type RunRow } from './rows.ts'
import { runs } from './schema.ts'
import type { Tenant } from './tenant.ts'

/** Which runs. Absent or null: no matter. */
export type RunFilter = {
  projectId?: string | null | undefined
  statuses?: readonly RunStatus[] | null | undefined
  workflow?: string | null | undefined
  /** Part of the title, in any case. */
  title?: string | null | undefined
  correlationId?: string | null | undefined
  /** true: without the sub-runs of other runs. */
  topLevel?: boolean | null | undefined
}

/** A search looks at so many of the newest: an index over text would be written with every page that a run outgrows. */
const searchedRows = 10_000

/** What a list of runs belongs to: a project, the run that they are sub-runs of, or the run that they are forks of. */
export type RunScope = 'projectId' | 'parentRunId' | 'forkedFromRunId'
export type RunPageRequest = PageRequest<string> & { filter: RunFilter }

export function tenantRuns({ sql, organisationId }: Tenant) {
  const all = () => columns(sql, runs)
  const matches = ({ projectId, statuses, workflow, title, correlationId, topLevel }: RunFilter) => sql`
    ${projectId ? sql`and project_id = ${projectId}` : sql``}
    ${statuses ? sql`and status = any(${[...statuses]})` : sql``}
    ${workflow ? sql`and workflow = ${workflow}` : sql``}
    ${title ? sql`and strpos(lower(title), lower(${title})) > 0` : sql``}
    ${correlationId ? sql`and correlation_id = ${correlationId}` : sql``}
    ${topLevel ? sql`and parent_run_id is null` : sql``}`
  const within = ({ filter, after, before }: RunPageRequest) => sql`
    ${matches(filter)}
    ${after === null ? sql`` : sql`and id < ${after}`}
    ${before === null ? sql`` : sql`and id > ${before}`}`
  const scopes = {
    projectId: 'project_id',
    parentRunId: 'parent_run_id',
    forkedFromRunId: 'forked_from_run_id',
  } as const
  const scopeColumn = (scope: RunScope) => sql(scopes[scope])
  const newestFirst = ({ fromEnd }: RunPageRequest) => (fromEnd ? sql`order by id asc` : sql`order by id desc`)

  return {
    byIds: (ids: readonly string[]): Promise<RunRow[]> =>
      sql<
        RunRow[]
      >`select ${all()} from runs where organisation_id = ${organisationId} and id = any(${[...ids]}::uuid[])`,

    /** Of the whole organisation, newest first. */
    async page(request: RunPageRequest): Promise<Page<RunRow>> {
      const rows = await sql<RunRow[]>`
        select ${all()} from runs where organisation_id = ${organisationId} ${within(request)} ${newestFirst(request)} limit ${request.size + 1}`
      return toPage(rows, request)
    },

    /** The same page of the runs of each project, or of the sub-runs of each run; newest first, in the order of the ids. */
    async pagesOf(scope: RunScope, ids: readonly string[], request: RunPageRequest): Promise<Page<RunRow>[]> {
      const rows = await sql<OfParent<RunRow>[]>`
        select parent.number::int as parent, found.* from unnest(${[...ids]}::uuid[]) with ordinality as parent(id, number) cross join lateral (
          select ${all()} from runs where organisation_id = ${organisationId} and ${scopeColumn(scope)} = parent.id
          ${within(request)} ${newestFirst(request)} limit ${request.size + 1}) as found`
      return toPages(rows, ids.length, request)
    },

    async count(filter: RunFilter): Promise<number> {
      const [row] = await sql<
        { count: number }[]
      >`select count(*)::int as count from runs where organisation_id = ${organisationId} ${matches(filter)}`
      return row?.count ?? 0
    },

    async countsOf(scope: RunScope, ids: readonly string[], filter: RunFilter): Promise<number[]> {
      const rows = await sql<{ id: string; count: number }[]>`
        select ${scopeColumn(scope)} as id, count(*)::int as count from runs
        where organisation_id = ${organisationId} and ${scopeColumn(scope)} = any(${[...ids]}::uuid[]) ${matches(filter)} group by 1`
      const counts = new Map(rows.map(row => [row.id, row.count]))
      return ids.map(id => counts.get(id) ?? 0)
    },

    /** Of the newest, those whose title or workflow holds the text, in any case. */
    search: (text: string, limit: number): Promise<RunRow[]> =>
      sql<RunRow[]>`
        select ${all()} from (
          select * from runs where organisation_id = ${organisationId} order by id desc limit ${searchedRows}) as runs
        where strpos(lower(title || ' ' || workflow), lower(${text})) > 0 order by id desc limit ${limit}`,

    /** Runs that have not come to an end, oldest first. */
    open: (after: string | null, limit: number): Promise<{ id: string }[]> =>
      sql<{ id: string }[]>`select id from runs where organisation_id = ${organisationId} and ended_at is null
        ${after === null ? sql`` : sql`and id > ${after}`} order by id limit ${limit}`,

    /** Of these, those that are paused. */
    paused: (after: string | null, limit: number): Promise<{ id: string }[]> =>
      sql<
        { id: string }[]
      >`select id from runs where organisation_id = ${organisationId} and ended_at is null and status = 'PAUSED'
        ${after === null ? sql`` : sql`and id > ${after}`} order by id limit ${limit}`,
  }
}
