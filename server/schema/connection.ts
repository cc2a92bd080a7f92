/** Pages as Relay connections. */
import { type Page, type PageArguments, type PageRequest, pageRequest, uuidKey } from '../../db/page.ts'

export type Connection<Row> = {
  edges: { cursor: string; node: Row }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
  /** Counted only where it is asked for. */
  totalCount: () => number | Promise<number>
}

export function toConnection<Row>(
  page: Page<Row>,
  cursorOf: (row: Row) => string,
  totalCount: () => number | Promise<number>,
): Connection<Row> {
  const edges = page.rows.map(node => ({ cursor: cursorOf(node), node }))
  return {
    edges,
    pageInfo: {
      hasNextPage: page.hasNext,
      hasPreviousPage: page.hasPrevious,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
  }
}

/** The request of a connection whose cursors are the UUIDs of its rows. Throws BAD_INPUT. */
export const requestById = (args: PageArguments): PageRequest<string> => pageRequest(args, uuidKey)
export const cursorById = (row: { id: string }): string => row.id
