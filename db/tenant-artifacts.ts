import { readBlob } from './blobs.ts'
import { type OfParent, type Page, type PageRequest, toPages } from './page.ts'
import { type ArtifactRow, columns } from './rows.ts'
import { artifacts } from './schema.ts'
import type { Tenant } from './tenant.ts'

/** What is read whole: the size of the pieces that blobs are kept in. */
export const inlineBytes = 1024 * 1024

/** A search looks at so many of the newest. */
const searchedRows = 10_000

/** What artifacts belong to: a run or, with a `taskIndex`, one of its tasks. */
export type ArtifactOwner = { runId: string; taskIndex: number | null }
/** Only of these kinds; null: of all. */
export type ArtifactFilter = { kinds: readonly string[] | null }
/** A page by seq. */
export type ArtifactPageRequest = PageRequest<number> & ArtifactFilter

export function tenantArtifacts({ sql, organisationId }: Tenant) {
  const all = () => columns(sql, artifacts)
  const each = (owners: readonly ArtifactOwner[]) =>
    sql`unnest(${owners.map(owner => owner.runId)}::uuid[], ${owners.map(owner => owner.taskIndex)}::int[]) with ordinality as parent(run_id, task_index, number)`
  const matches = ({ kinds }: ArtifactFilter) => sql`
    organisation_id = ${organisationId} and run_id = parent.run_id and (parent.task_index is null or task_index = parent.task_index)
    ${kinds === null ? sql`` : sql`and kind = any(${[...kinds]})`}`

  return {
    /** Of the newest, those whose title or kind holds the text, in any case. */
    search: (text: string, limit: number): Promise<ArtifactRow[]> =>
      sql<ArtifactRow[]>`
        select ${all()} from (
          select * from artifacts where organisation_id = ${organisationId} order by id desc limit ${searchedRows}) as artifacts
        where strpos(lower(title || ' ' || kind), lower(${text})) > 0 order by id desc limit ${limit}`,

    byIds: (ids: readonly string[]): Promise<ArtifactRow[]> =>
      sql<
        ArtifactRow[]
      >`select ${all()} from artifacts where organisation_id = ${organisationId} and id = any(${[...ids]}::uuid[])`,

    /** The same page of each owner, in the order in which they were made. */
    async pagesOf(owners: readonly ArtifactOwner[], request: ArtifactPageRequest): Promise<Page<ArtifactRow>[]> {
      const rows = await sql<OfParent<ArtifactRow>[]>`
        select parent.number::int as parent, found.* from ${each(owners)} cross join lateral (
          select ${all()} from artifacts where ${matches(request)}
            ${request.after === null ? sql`` : sql`and seq > ${request.after}`}
            ${request.before === null ? sql`` : sql`and seq < ${request.before}`}
          order by seq ${request.fromEnd ? sql`desc` : sql`asc`} limit ${request.size + 1}) as found`
      return toPages(rows, owners.length, request)
    },

    async countsOf(owners: readonly ArtifactOwner[], filter: ArtifactFilter): Promise<number[]> {
      const rows = await sql<{ count: number }[]>`
        select found.count from ${each(owners)} cross join lateral (select count(*)::int as count from artifacts where ${matches(filter)}) as found
        order by parent.number`
      return rows.map(row => row.count)
    },

    /** The bytes of blobs of at most `inlineBytes`, in one statement; what is larger comes cut off. */
    async small(hashes: readonly string[]): Promise<(Uint8Array | null)[]> {
      const rows = await sql<{ hash: string; bytes: Uint8Array | null }[]>`
        select hash, bytes from blobs left join blob_chunks using (organisation_id, hash)
        where organisation_id = ${organisationId} and hash = any(${[...hashes]}) and coalesce(index, 0) = 0`
      const found = new Map(rows.map(row => [row.hash, row.bytes ?? new Uint8Array()]))
      return hashes.map(hash => found.get(hash) ?? null)
    },

    /** The bytes, piece by piece. Throws NOT_FOUND. */
    body: (hash: string): AsyncGenerator<Uint8Array> => readBlob(sql, organisationId, hash),
  }
}
