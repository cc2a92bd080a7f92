/** What an append writes besides what a reader of events sees: checked in the tables. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Command } from '../domain/run/commands.ts'
import { type CommandRow, commandOf } from './command-record.ts'
import { recordedCalls } from './journal.ts'
import { createRig, type Rig, step, tester } from './rig.ts'

let rig: Rig
beforeAll(async () => {
  rig = await createRig()
})
afterAll(() => rig.close())

const say = (runId: string, ...commands: Command[]) =>
  Promise.all(commands.map(command => rig.handle.handle(runId, command, { actor: tester })))

const start = (epoch: number, call: number): Command => ({
  type: 'StartToolCall',
  taskIndex: 0,
  epoch,
  call,
  tool: 'shell',
  summary: 'a "b"\\c\nd, {e}',
})
const finish = (epoch: number, call: number): Command => ({
  type: 'FinishToolCall',
  taskIndex: 0,
  epoch,
  call,
  tool: 'shell',
  output: { text: 'a "b"\\c\nd, {e}', nested: [null, 'null', ''] },
  exitCode: 0,
  durationMs: 1,
  outputHash: null,
  treeHash: null,
})

test('a task’s row tells where its events lie, through a retry and a reset', async () => {
  const runId = await rig.start([
    step('first', { retry: { maxAttempts: 2, backoffMs: 1 } }),
    step('second', { needs: ['first'] }),
  ])
  const failure = { code: 'TASK_FAILED', message: 'no', hint: '', retryable: true } as const
  await say(runId, { type: 'ClaimTask', taskIndex: 0, epoch: 1, worker: 'w' })
  await say(runId, start(1, 0), finish(1, 0))
  await say(runId, { type: 'FailTask', taskIndex: 0, epoch: 1, failure, blocked: false, artifacts: [] })
  await say(runId, { type: 'FireTimer', timer: 'retry:0:1:1' })
  await say(runId, { type: 'ClaimTask', taskIndex: 0, epoch: 2, worker: 'w' })
  await say(runId, start(2, 0), finish(2, 0))
  expect(await recordedCalls(rig.sql, { runId, taskIndex: 0, attempt: 1, calls: 1 })).toMatchObject([{ call: 0 }])
  expect(await recordedCalls(rig.sql, { runId, taskIndex: 0, attempt: 2, calls: 1 })).toMatchObject([{ call: 0 }])
  await say(runId, { type: 'FinishTask', taskIndex: 0, epoch: 2, output: {}, artifacts: [] })
  await say(runId, { type: 'RetryTask', taskIndex: 0, reason: 'again' })
  const rows = await rig.sql`
    select planned_seq, attempt_seq, succeeded_seq, last_seq from tasks where run_id = ${runId} order by index`
  const told = await rig.sql`
    select min(seq) filter (where type = 'TaskPlanned') as planned_seq,
      min(seq) filter (where type = 'TaskReady' and (data ->> 'attempt')::int = (
        select attempt from tasks where run_id = ${runId} and index = task_index)) as attempt_seq,
      max(seq) filter (where type = 'TaskSucceeded') as succeeded_seq, max(seq) as last_seq
    from events where run_id = ${runId} and task_index is not null group by task_index order by task_index`
  expect(rows).toEqual(told)
  expect(rows[0]?.succeeded_seq).toBeLessThan(rows[0]?.attempt_seq)
})

test('what was said is told by what was kept, whatever stands in it', async () => {
  const runId = await rig.start([step('only')])
  const said: Command[] = [{ type: 'ClaimTask', taskIndex: 0, epoch: 1, worker: 'a,"b"\\' }, start(1, 0), finish(1, 0)]
  for (const command of said)
    await rig.handle.handle(runId, command, { actor: { ...tester, name: 'A "B"\nC' }, correlationId: 'c"\\,{}\n' })
  const rows = await rig.sql<CommandRow[]>`
    select seq, command_id, command, data, at, actor, correlation_id from events where run_id = ${runId} and command is not null and seq > 1 order by seq`
  expect(rows.map(row => commandOf(row).input)).toEqual(said)
  expect(rows).toMatchObject(said.map(() => ({ actor: { name: 'A "B"\nC' }, correlation_id: 'c"\\,{}\n' })))
})

test('a command is found under its name wherever it is, and without one only after the given head', async () => {
  const runId = await rig.start([step('only')])
  const commandId = randomUUID()
  await rig.handle.handle(runId, { type: 'PauseRun', reason: '' }, { actor: tester, commandId })
  const { events } = await rig.handle.handle(runId, { type: 'ResumeRun', reason: '' }, { actor: tester })
  const seq = events[0]?.seq ?? 0
  const [row] = await rig.sql`select command_id as id from events where run_id = ${runId} and seq = ${seq}`
  expect(await rig.store.findCommand(runId, commandId, seq)).toEqual({ first: seq - 1, last: seq - 1 })
  expect(await rig.store.findCommand(runId, row?.id, seq - 1)).toEqual({ first: seq, last: seq })
  expect(await rig.store.findCommand(runId, row?.id, seq)).toBeNull()
  const twice = rig.sql`
    insert into events (run_id, seq, organisation_id, project_id, type, v, data, actor, correlation_id, command_id, command_named, at)
    select run_id, seq + 100, organisation_id, project_id, type, v, data, actor, correlation_id, command_id, command_named, at
    from events where run_id = ${runId} and command_id = ${commandId}`
  await expect(twice).rejects.toMatchObject({ code: '23505' })
})
