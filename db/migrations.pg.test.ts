/** Databases that hold something already, brought to today's schema. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { testDatabase } from './testing.ts'

const statementsOf = (name: string): string[] =>
  readFileSync(new URL(`./migrations/${name}.sql`, import.meta.url), 'utf8').split('--> statement-breakpoint')

test('tasks and commands of before the lean events are told where they are', async () => {
  const database = await testDatabase()
  const sql = await database.sql.reserve()
  try {
    await sql.unsafe('create schema before')
    await sql.unsafe('set search_path to before')
    for (const name of ['0000_tables', '0001_rights', '0002_due'])
      for (const statement of statementsOf(name)) await sql.unsafe(statement)
    const id = '0196f7a0-0000-7000-8000-000000000001'
    await sql`
      insert into tasks (run_id, index, organisation_id, project_id, status, kind, key, title, uses, worker_class, priority, attempt, epoch)
      select ${id}, index, ${id}, ${id}, 'CLAIMED', 'work', 'k', 't', 'u', 'light', 0, 2, 2 from generate_series(0, 1) index`
    for (const [seq, type, attempt, commandId] of [
      [1, 'TaskPlanned', 0, id],
      [2, 'TaskReady', 1, null],
      [3, 'TaskSucceeded', 1, null],
      [4, 'TaskReady', 2, null],
      [5, 'ToolCallStarted', 2, null],
    ] as const) {
      await sql`
        insert into events (run_id, seq, organisation_id, project_id, type, v, task_index, data, actor, correlation_id, command_id, at)
        values (${id}, ${seq}, ${id}, ${id}, ${type}, 1, 0, ${sql.json({ attempt })}, '{}', 'c', ${commandId}, now())`
    }
    for (const statement of statementsOf('0003_lean_events')) await sql.unsafe(statement)
    expect(
      await sql`select planned_seq, attempt_seq, succeeded_seq, last_seq from tasks where run_id = ${id} order by index`,
    ).toEqual([
      { planned_seq: 1, attempt_seq: 4, succeeded_seq: 3, last_seq: 5 },
      { planned_seq: 1, attempt_seq: null, succeeded_seq: null, last_seq: 1 },
    ])
    expect(await sql`select data, command_named from events where run_id = ${id} and seq = 4`).toEqual([
      { data: { attempt: 2 }, command_named: true },
    ])
    await expect(sql`delete from events`).rejects.toMatchObject({ code: '42501' })
  } finally {
    await sql`set search_path to public`
    sql.release()
    await database.drop()
  }
})
