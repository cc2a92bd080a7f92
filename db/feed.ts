/**
 * Everything that happens in a project, over all its runs, in an order in which nothing is ever inserted before what was
 * read: by (transaction, position), and only of transactions that are older than every open one. A serial number alone
 * loses events: a writer takes 5, another takes 6 and commits first, a reader sees 6 and never goes back for 5.
 *
 * Any open write transaction of the whole cluster holds the feed back until it ends. Nothing else reads this way.
 */
import { OrreryError } from '../domain/errors.ts'
import type { RecordedEvent } from '../domain/run/events.ts'
import type { Sql } from './connect.ts'
import type { EventRow } from './events.ts'
import { readableEvent } from './tenant-events.ts'

/** Where a reader stands: after this event of this cluster. Transaction ids mean nothing in another one. */
export type FeedPosition = { transaction: string; position: number }

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

const start: FeedPosition = { transaction: '0', position: 0 }

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
      const rows = await sql<(EventRow & FeedPosition)[]>`
        select run_id, seq, type, v, data, actor, correlation_id, causation_seq, at, transaction::text as transaction, position::float8 as position
        from events
        where organisation_id = ${organisationId} and project_id = ${projectId}
          and (transaction, position) > (${from.transaction}::text::xid8, ${from.position}::bigint)
          and transaction < pg_snapshot_xmin(pg_current_snapshot())
        order by transaction, position limit ${limit}`
      const last = rows.at(-1) ?? from
      return {
        events: rows.map(readableEvent),
        cursor: `${id}.${last.transaction}.${last.position}`,
        more: rows.length === limit,
      }
    },
  }
}

async function readClusterId(sql: Sql): Promise<string> {
  const [row] = await sql<{ id: string }[]>`select system_identifier::text as id from pg_control_system()`
  if (row === undefined) throw new Error('pg_control_system() returned nothing')
  return BigInt(row.id).toString(36)
}

function parseCursor(cursor: string, cluster: string): FeedPosition {
  const match = /^([0-9a-z]+)\.(\d{1,20})\.(\d{1,15})$/.exec(cursor)
  if (match === null)
    throw new OrreryError('BAD_INPUT', `${JSON.stringify(cursor.slice(0, 80))} is not a cursor of a feed`)
  if (match[1] !== cluster) {
    throw new OrreryError('BAD_INPUT', 'this cursor comes from another database cluster', {
      hint: 'The database was restored or moved. Begin again without a cursor.',
    })
  }
  return { transaction: match[2] ?? '0', position: Number(match[3]) }
}
