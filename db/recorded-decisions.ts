/** The events of a run together with the commands that caused them: what deciding anew is compared with. */
import type { RecordedEvent } from '../domain/run/events.ts'
import { type CommandRow, commandOf } from './command-record.ts'
import type { Sql } from './connect.ts'
import { type EventRow, toEvent } from './events.ts'
import type { CommandRecord } from './store.ts'

/** `command` is that whose first event this is; null where the event follows from the same command as the one before. */
export type RecordedDecision = { event: RecordedEvent; command: CommandRecord | null }

type Row = EventRow & { command_id: string | null; command: CommandRow['command'] | null }

/** In order, read in pages of `size` events. Throws UPGRADE_REQUIRED at an event of a newer vocabulary. */
export async function* recordedDecisions(sql: Sql, runId: string, size = 1_000): AsyncGenerator<RecordedDecision> {
  for (let after = 0; ; ) {
    const rows: Row[] = await sql<Row[]>`
      select run_id, seq, type, v, data, actor, correlation_id, causation_seq, at, command_id, command from events
      where run_id = ${runId} and seq > ${after} order by seq limit ${size}`
    for (const row of rows) yield { event: toEvent(row), command: commandIn(row) }
    if (rows.length < size) return
    after = rows.at(-1)?.seq ?? after
  }
}

const commandIn = ({ command_id, command, ...row }: Row): CommandRecord | null =>
  command === null || command_id === null ? null : commandOf({ ...row, command_id, command })
