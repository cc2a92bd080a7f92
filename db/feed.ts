/**
 * Everything that happens in a project, over all its runs, in an order in which nothing is ever inserted before what was
 * read: by transaction, and only of transactions that are older than every open one. A serial number loses events: a
 * writer takes 5, another takes 6 and commits first, a reader sees 6 and never goes back for 5. Within a transaction the
 * order is that of the runs and their seqs; Postgres gives the serial numbers of one insert in any order it likes.
 *
 * Any open write transaction of the whole cluster holds the feed back until it ends. Nothing else reads this way.
 */
import { OrreryError } from '../domain/errors.ts'
import type { RecordedEvent } from '../domain/run/events.ts'
import type { Sql } from './connect.ts'
import type { EventRow } from './events.ts'
import { readableEvent } from './readable-events.ts'

/** Where a reader stands: after this event. */
type Position = { transaction: string; run_id: string; seq: number }

export type FeedBatch = {
  events: readonly RecordedEvent[]
  cursor: string /** More can be read at once. */
  more: boolean
}

export type FeedRequest = { organisationId: string; projectId: string; after: string | null; limit: number }

export interface Feed {
  /** The next events. The cursor stays the same where there are none. Throws BAD_INPUT at a cursor that is none of this cluster. */
  read(request: FeedRequest): Promise<FeedBatch>
}

const start: Position = { transaction: '0', run_id: '00000000-0000-0000-0000-000000000000', seq: 0 }

export function createFeed(sql: Sql): Feed {
  let cluster: Promise<string> | null = null
  const clusterId = () => {
    cluster ??= readClusterId(sql).catch(error => {
      cluster = null
      throw error
    })
    return cluster
  }

  return {
    async read({ organisationId, projectId, after, limit }) {
      const id = await clusterId()
      const from = after === null ? start : parseCursor(after, id)
      const rows = await sql<(EventRow & Position)[]>`
        select run_id, seq, type, v, data, actor, correlation_id, causation_seq, at, transaction::text as transaction
        from events
        where organisation_id = ${organisationId} and project_id = ${projectId}
          and transaction >= ${from.transaction}::text::xid8
          and (transaction, run_id, seq) > (${from.transaction}::text::xid8, ${from.run_id}::uuid, ${from.seq}::int)
          and transaction < pg_snapshot_xmin(pg_current_snapshot())
        order by events.transaction, run_id, seq limit ${limit}`
      return { events: rows.map(readableEvent), cursor: toCursor(id, rows.at(-1) ?? from), more: rows.length === limit }
    },
  }
}

async function readClusterId(sql: Sql): Promise<string> {
  const [row] = await sql<{ id: string }[]>`select system_identifier::text as id from pg_control_system()`
  if (row === undefined) throw new Error('pg_control_system() returned nothing')
  return BigInt(row.id).toString(36)
}

const toCursor = (cluster: string, { transaction, run_id, seq }: Position): string =>
  `${cluster}.${transaction}.${run_id.replaceAll('-', '')}.${seq}`

/** Transaction ids of one cluster mean nothing in another, so a cursor names its own. */
function parseCursor(cursor: string, cluster: string): Position {
  const match = /^([0-9a-z]+)\.(\d{1,20})\.([0-9a-f]{32})\.(\d{1,9})$/.exec(cursor)
  if (match === null)
    throw new OrreryError('BAD_INPUT', `${JSON.stringify(cursor.slice(0, 80))} is not a cursor of a feed`)
  if (match[1] !== cluster) {
    throw new OrreryError('BAD_INPUT', 'this cursor comes from another database cluster', {
      hint: 'The database was restored or moved. Begin again without a cursor.',
    })
  }
  return { transaction: match[2] ?? '0', run_id: match[3] ?? '', seq: Number(match[4]) }
}
