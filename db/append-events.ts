/** The part of an append that writes the events. What the run's row tells is taken from there and not sent. */
import { type RecordedEvent, versionOf } from '../domain/run/events.ts'
import { arrayOf, jsonLines, textArray } from './arrays.ts'
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
    from unnest(${column.runId}::text::uuid[], ${column.seq}::text::int[], ${column.type}::text::text[], ${column.v}::text::int[],
      ${column.taskIndex}::text::int[], string_to_array(${column.data}, E'\n'), string_to_array(${column.actor}, E'\n'),
      ${column.correlationId}::text::text[], ${column.causationSeq}::text::int[], ${column.commandId}::text::uuid[],
      string_to_array(${column.command}, E'\n'), ${column.named}::text::boolean[], ${column.at}::text::float8[])
      as row(run_id, seq, type, v, task_index, data, actor, correlation_id, causation_seq, command_id, command, named, at)
    join won on won.id = row.run_id)`
}

function eventColumns(batch: readonly Append[]) {
  const events = batch.flatMap(one => one.events)
  const data = batch.flatMap(one => one.data)
  const commands = batch.flatMap(commandOfEach)
  const jsonOf = actorJson()
  const own = batch.flatMap(({ after, events }) => events.map(event => event.correlationId === after.correlationId))
  return {
    runId: arrayOf(events.map(event => event.runId)),
    seq: arrayOf(events.map(event => event.seq)),
    type: arrayOf(events.map(event => event.type)),
    v: arrayOf(events.map(event => versionOf(event.type))),
    taskIndex: arrayOf(events.map(taskIndexOf)),
    data: jsonLines(data),
    actor: jsonLines(events.map(event => jsonOf(event.actor))),
    correlationId: textArray(events.map((event, index) => (own[index] ? null : event.correlationId))),
    causationSeq: arrayOf(events.map(event => event.causationSeq)),
    commandId: arrayOf(commands.map(one => one?.id ?? null)),
    command: jsonLines(commands.map(one => one?.json ?? null)),
    named: arrayOf(commands.map(one => (one?.named ? true : null))),
    at: arrayOf(events.map(event => event.at)),
  }
}

/** For each event the command that it is the first one of; most have one. */
function commandOfEach({ events, commands }: Append) {
  let next = 0
  return events.map(event => {
    const command = commands[next]
    if (command?.seq !== event.seq) return null
    next += 1
    return { id: command.id, named: command.named, json: keepCommand(command, event) }
  })
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
