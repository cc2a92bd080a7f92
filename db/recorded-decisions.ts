/** The events of a run together with the commands that caused them: what deciding anew is compared with. */
import type { RecordedEvent } from '../domain/run/events.ts'
import { type CommandRow, commandOf } from './command-record.ts'
import type { Sql } from './connect.ts'
import { type EventRow, toEvent } from './events.ts'
import type { CommandRecord } from './store.ts'

/** `command` is that whose first event this is; null where the event follows from the same command as the one before. */
export type RecordedDecision = { event: RecordedEvent; command: CommandRecord | null }

type Row = EventRow & { command_id: string | null; command: CommandRow['command'] | null }

/**
 * In order, read in pages of `size` events. What a fork has from another run bears the id of that run, in which it was
 * decided. Throws UPGRADE_REQUIRED at an event of a newer vocabulary.
 */
export async function* recordedDecisions(sql: Sql, runId: string, size = 1_000): AsyncGenerator<RecordedDecision> {
  const forks = await forksIn(sql, runId)
  const homeOf = (seq: number) => forks.find(fork => seq < fork.seq)?.fromRunId ?? runId
  for (let after = 0; ; ) {
    const rows: Row[] = await sql<Row[]>`
      select run_id, seq, type, v, data, actor, correlation_id, causation_seq, at, command_id, command from events
      where run_id = ${runId} and seq > ${after} order by seq limit ${size}`
    for (const row of rows) yield { event: toEvent({ ...row, run_id: homeOf(row.seq) }), command: commandIn(row) }
    if (rows.length < size) return
    after = rows.at(-1)?.seq ?? after
  }
}

/** The events with which it was forked, in order: more than one where it is a fork of a fork. */
const forksIn = (sql: Sql, runId: string) => sql<{ seq: number; fromRunId: string }[]>`
  select seq, data ->> 'fromRunId' as "fromRunId" from events where run_id = ${runId} and type = 'RunForked' order by seq`

const commandIn = ({ command_id, command, ...row }: Row): CommandRecord | null =>
  command === null || command_id === null ? null : commandOf({ ...row, command_id, command })
