/** The part of an append that writes the events. What the run's row tells is taken from there and not sent. */
import { type RecordedEvent, versionOf } from '../domain/run/events.ts'
import { quoted } from './arrays.ts'
import { keepCommand } from './command-record.ts'
import type { Sql } from './connect.ts'
import type { Append } from './store.ts'

export function newEvents(sql: Sql, batch: readonly Append[]) {
  const column = eventColumns(batch)
  return sql`, new_events as (
    insert into events (run_id, seq, organisation_id, project_id, type, v, task_index, data, actor, correlation_id, causation_seq,
      command_id, command, command_named, at)
    select won.id, row.seq, won.organisation_id, won.project_id, row.type, row.v, row.task_index, row.data::json, row.actor::json,
      coalesce(row.correlation_id, won.correlation_id), row.causation_seq, row.command_id, nullif(row.command, '')::json, row.named, to_timestamp(row.at / 1000)
    from unnest(${`{${column.runId}}`}::text::uuid[], ${`{${column.seq}}`}::text::int[], ${`{${column.type}}`}::text::text[], ${`{${column.v}}`}::text::int[],
      ${`{${column.taskIndex}}`}::text::int[], string_to_array(${column.data}, E'\n'), string_to_array(${column.actor}, E'\n'),
      ${`{${column.correlationId}}`}::text::text[], ${`{${column.causationSeq}}`}::text::int[], ${`{${column.commandId}}`}::text::uuid[],
      string_to_array(${column.command}, E'\n'), ${`{${column.named}}`}::text::boolean[], ${`{${column.at}}`}::text::float8[])
      as row(run_id, seq, type, v, task_index, data, actor, correlation_id, causation_seq, command_id, command, named, at)
    join won on won.id = row.run_id)`
}

/** One walk that only adds to texts: at 30,000 events a second, an array for each column is what the collector of garbage lives on. */
function eventColumns(batch: readonly Append[]) {
  const column = {
    runId: '',
    seq: '',
    type: '',
    v: '',
    taskIndex: '',
    data: '',
    actor: '',
    correlationId: '',
    causationSeq: '',
    commandId: '',
    command: '',
    named: '',
    at: '',
  }
  const jsonOf = actorJson()
  let comma = ''
  let line = ''
  for (const { after, events, data, commands } of batch) {
    let next = 0
    for (const [index, event] of events.entries()) {
      const command = commands[next]?.seq === event.seq ? commands[next++] : undefined
      column.runId += comma + event.runId
      column.seq += comma + event.seq
      column.type += comma + event.type
      column.v += comma + versionOf(event.type)
      column.taskIndex += comma + taskIndexOf(event)
      column.data += line + data[index]
      column.actor += line + jsonOf(event.actor)
      column.correlationId += comma + (event.correlationId === after.correlationId ? null : quoted(event.correlationId))
      column.causationSeq += comma + event.causationSeq
      column.commandId += comma + (command === undefined ? null : command.id)
      column.command += line + (command === undefined ? '' : keepCommand(command, event))
      column.named += comma + (command?.named ? true : null)
      column.at += comma + event.at
      comma = ','
      line = '\n'
    }
  }
  return column
}

/** In a flush few actors say many things. */
function actorJson() {
  const known = new Map<RecordedEvent['actor'], string>()
  return (actor: RecordedEvent['actor']): string => {
    const json = known.get(actor) ?? JSON.stringify(actor)
    known.set(actor, json)
    return json
  }
}

const taskIndexOf = (event: RecordedEvent): number | null => ('taskIndex' in event.data ? event.data.taskIndex : null)
