/** The event core against bare Postgres: appends of many runs, one control step, replay. */
import { randomUUID } from 'node:crypto'
import { createPostgresStore } from '../db/events.ts'
import { createHandle } from '../db/handle.ts'
import { loadState } from '../db/load.ts'
import type { By, Handle } from '../db/store.ts'
import type { Command } from '../domain/run/commands.ts'
import { startOf, workflows } from '../domain/run/history.ts'
import { type Bench, compare, median, seconds, withPostgres } from './harness.ts'

const by: By = { actor: { kind: 'engine', id: 'bench', name: 'Bench' } }
const runsAtOnce = 500

/**
 * What a task does: it is claimed, makes eight tool calls, and is given back to be claimed again. A worker says that one
 * call has ended and that the next one begins in the same breath. Every flush writes the rows of its runs; the claim and
 * the return write rows of tasks, timers and leases as well.
 */
async function appends(bench: Bench): Promise<void> {
  const handle = createHandle({ store: createPostgresStore(bench.sql) })
  const ids = await startRuns(handle, runsAtOnce)
  let epoch = 0
  const subject = async () => {
    let events = 0
    const work = async (breaths: Command[][], id: string) => {
      for (const breath of breaths) {
        const handled = await Promise.all(breath.map(command => handle.handle(id, command, by)))
        events += handled.reduce((sum, one) => sum + one.events.length, 0)
      }
    }
    const taken = await seconds(async () => {
      for (let task = 0; task < 4; task++) {
        const breaths = taskOf(++epoch)
        await Promise.all(ids.map(id => work(breaths, id)))
      }
    })
    return events / taken
  }
  const single = async () => {
    const rows = 16_000
    let left = rows
    const connection = async () => {
      while (left-- > 0) await insertOne(bench, bareRow())
    }
    return rows / (await seconds(() => Promise.all(Array.from({ length: 32 }, connection))))
  }
  const bulk = async () => {
    const flushes = 20
    const taken = await seconds(async () => {
      for (let flush = 0; flush < flushes; flush++) await insertBare(bench, Array.from({ length: runsAtOnce }, bareRow))
    })
    return (flushes * runsAtOnce) / taken
  }
  await compare({
    name: 'appends at 500 runs over single-row inserts on 32 connections',
    unit: 'rows/s',
    bound: { kind: 'at least', ratio: 2.5 },
    subject,
    floor: single,
  })
  await compare({
    name: 'appends at 500 runs over bare inserts of 500 rows',
    unit: 'rows/s',
    bound: { kind: 'at least', ratio: 0.4 },
    subject,
    floor: bulk,
  })
  await handle.close()
}

/** What is said at once, time after time. */
function taskOf(epoch: number): Command[][] {
  const first = (epoch - 1) * 8
  const start = (call: number): Command => ({
    type: 'StartToolCall',
    taskIndex: 0,
    epoch,
    call,
    tool: 'shell',
    summary: 'npm test',
  })
  const finish = (call: number): Command => ({
    type: 'FinishToolCall',
    taskIndex: 0,
    epoch,
    call,
    tool: 'shell',
    output: { passed: 12 },
    exitCode: 0,
    durationMs: 812,
    outputHash: null,
    treeHash: null,
  })
  return [
    [{ type: 'ClaimTask', taskIndex: 0, epoch, worker: 'w' }],
    [start(first)],
    ...Array.from({ length: 7 }, (_, index) => [finish(first + index), start(first + index + 1)]),
    [finish(first + 7)],
    [{ type: 'ReleaseTask', taskIndex: 0, epoch, reason: '' }],
  ]
}

/** One command on one run, projections included, against one committed row. Median of 300 each, in milliseconds. */
async function controlStep(bench: Bench): Promise<void> {
  const handle = createHandle({ store: createPostgresStore(bench.sql) })
  const [id = ''] = await startRuns(handle, 1)
  let paused = false
  const each = (work: () => Promise<unknown>) => async () => {
    const taken: number[] = []
    for (let count = 0; count < 300; count++) taken.push((await seconds(work)) * 1_000)
    return median(taken)
  }
  const step = () => {
    paused = !paused
    return handle.handle(id, { type: paused ? 'PauseRun' : 'ResumeRun', reason: '' }, by)
  }
  const commit = () => insertOne(bench, bareRow())
  await compare({
    name: 'a control step over one durable commit',
    unit: 'ms',
    bound: { kind: 'at most', ratio: 2.5 },
    subject: each(step),
    floor: each(commit),
  })
  await handle.close()
}

/** Reading a run of 20,000 events back into a state, against a bare read of the same rows with a trivial fold. */
async function replay(bench: Bench): Promise<void> {
  const store = createPostgresStore(bench.sql)
  const handle = createHandle({ store })
  const [id = ''] = await startRuns(handle, 1)
  for (let said = 0; said < 20_000; said += 1_000) {
    await Promise.all(
      Array.from({ length: 1_000 }, (_, index) =>
        handle.handle(id, { type: index % 2 === 0 ? 'PauseRun' : 'ResumeRun', reason: '' }, by),
      ),
    )
  }
  await handle.close()
  const fromStart = { ...store, snapshot: async () => null, saveSnapshot: async () => {} }
  const head = (await store.heads([id])).get(id) ?? 0
  const subject = async () => head / (await seconds(() => loadState(fromStart, id, head)))
  const floor = async () => {
    let sum = 0
    const taken = await seconds(async () => {
      const rows = bench.sql<{ seq: number; type: string; data: unknown; actor: unknown; at: Date }[]>`
        select run_id, seq, type, v, data, actor, correlation_id, causation_seq, at from events where run_id = ${id} order by seq`
      for await (const page of rows.cursor(1_000)) for (const row of page) sum += row.seq
    })
    if (sum === 0) throw new Error('nothing was read')
    return head / taken
  }
  await compare({
    name: 'replay over a bare cursor read with a fold',
    unit: 'events/s',
    bound: { kind: 'at least', ratio: 0.6 },
    subject,
    floor,
  })
}

/** An event as it is stored, of a run of its own. */
const bareRow = () => ({
  run_id: randomUUID(),
  seq: 1,
  organisation_id: randomUUID(),
  project_id: randomUUID(),
  type: 'ToolCallFinished',
  v: 1,
  task_index: 0,
  data: {
    taskIndex: 0,
    attempt: 1,
    epoch: 1,
    call: 1,
    tool: 'shell',
    output: { passed: 12 },
    exitCode: 0,
    durationMs: 812,
    outputHash: null,
    treeHash: null,
  },
  actor: by.actor,
  correlation_id: randomUUID(),
  causation_seq: 1,
  command_id: null,
  command: null,
  at: new Date().toISOString(),
})

const insertOne = ({ sql }: Bench, row: ReturnType<typeof bareRow>) => sql`
  insert into bare (run_id, seq, organisation_id, project_id, type, v, task_index, data, actor, correlation_id, causation_seq, at)
  values (${row.run_id}, ${row.seq}, ${row.organisation_id}, ${row.project_id}, ${row.type}, ${row.v}, ${row.task_index},
    ${sql.json(row.data)}, ${sql.json(row.actor)}, ${row.correlation_id}, ${row.causation_seq}, ${row.at})`

const insertBare = (bench: Bench, rows: ReturnType<typeof bareRow>[]) => bench.sql`
  insert into bare select * from jsonb_populate_recordset(null::bare, ${bench.sql.json(rows)})`

async function startRuns(handle: Handle, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID())
  await Promise.all(ids.map(id => handle.handle(id, startOf({ ...workflows.single, timeoutMs: 86_400_000 }), by)))
  return ids
}

await withPostgres(async bench => {
  await appends(bench)
  await controlStep(bench)
  await replay(bench)
})
