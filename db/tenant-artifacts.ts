import { readBlob } from './blobs.ts'
import { type Page, type PageRequest, toPage } from './page.ts'
import { type ArtifactRow, columns } from './rows.ts'
import { artifacts } from './schema.ts'
import type { Tenant } from './tenancy.ts'

/** A page by seq. Absent or null: no matter. */
export type ArtifactPageRequest = PageRequest<number> & { kinds: readonly string[] | null; taskIndex: number | null }

export function tenantArtifacts({ sql, organisationId }: Tenant) {
  const all = () => columns(sql, artifacts)
  const matches = ({ kinds, taskIndex }: Pick<ArtifactPageRequest, 'kinds' | 'taskIndex'>) => sql`
    ${kinds === null ? sql`` : sql`and kind = any(${[...kinds]})`}
    ${taskIndex === null ? sql`` : sql`and task_index = ${taskIndex}`}`

  return {
    byIds: (ids: readonly string[]): Promise<ArtifactRow[]> =>
      sql<
        ArtifactRow[]
      >`select ${all()} from artifacts where organisation_id = ${organisationId} and id = any(${[...ids]}::uuid[])`,

    /** The same page of each run, in the order in which they were made. */
    async pagesOfRuns(runIds: readonly string[], request: ArtifactPageRequest): Promise<Page<ArtifactRow>[]> {
      const rows = await sql<ArtifactRow[]>`
        select found.* from unnest(${[...runIds]}::uuid[]) as parent(id) cross join lateral (
          select ${all()} from artifacts where organisation_id = ${organisationId} and run_id = parent.id ${matches(request)}
            ${request.after === null ? sql`` : sql`and seq > ${request.after}`}
            ${request.before === null ? sql`` : sql`and seq < ${request.before}`}
          order by seq ${request.fromEnd ? sql`desc` : sql`asc`} limit ${request.size + 1}) as found`
      return runIds.map(id =>
        toPage(
          rows.filter(row => row.runId === id),
          request,
        ),
      )
    },

    async countsOfRuns(
      runIds: readonly string[],
      filter: Pick<ArtifactPageRequest, 'kinds' | 'taskIndex'>,
    ): Promise<number[]> {
      const rows = await sql<{ id: string; count: number }[]>`
        select run_id as id, count(*)::int as count from artifacts
        where organisation_id = ${organisationId} and run_id = any(${[...runIds]}::uuid[]) ${matches(filter)} group by run_id`
      const counts = new Map(rows.map(row => [row.id, row.count]))
      return runIds.map(id => counts.get(id) ?? 0)
    },

    /** The bytes, piece by piece. Throws NOT_FOUND. */
    body: (hash: string): AsyncGenerator<Uint8Array> => readBlob(sql, organisationId, hash),
  }
}
