/**
 * Whether time stays flat as history grows: the same operations with some hundred events in 61 runs, and with 10⁶ events in 10⁴ runs.
 * Each is compared with itself, so the small size is the floor.
 */
import { randomUUID } from 'node:crypto'
import { connect, type Sql } from '../db/connect.ts'
import { takeDue } from '../db/due.ts'
import { createPostgresStore } from '../db/events.ts'
import { createHandle } from '../db/handle.ts'
import type { By } from '../db/store.ts'
import { forTenant } from '../db/tenancy.ts'
import { startOf, workflows } from '../domain/run/history.ts'
import { median, seconds, withPostgres } from './harness.ts'

const by: By = { actor: { kind: 'engine', id: 'bench', name: 'Bench' } }
const bound = 2

type Figures = Record<string, number>

await withPostgres(async bench => {
  await bench.sql`insert into workers (id, organisation_id, host, pid, version, classes) values ('bench', ${randomUUID()}, 'bench', 1, '0', '{"sandbox": 64}')`
  const small = await measure(bench.sql)
  const owner = connect(bench.url, { role: null, max: 1 })
  await grow(owner, 10_000, 100)
  await owner.end()
  const large = await measure(bench.sql)
  for (const [name, ms] of Object.entries(large)) {
    const ratio = ms / (small[name] ?? ms)
    if (ratio > bound) process.exitCode = 1
    console.log(
      `${ratio > bound ? 'MISS' : 'ok  '} ${name}: ratio ${ratio.toFixed(2)} (at most ${bound}) · ${ms.toFixed(2)} ms at 10⁶ events in 10⁴ runs against ${(small[name] ?? 0).toFixed(2)} ms`,
    )
  }
})

/** Median milliseconds of 60 of each operation, on a new run among all that are there. */
async function measure(sql: Sql): Promise<Figures> {
  const store = createPostgresStore(sql)
  const handle = createHandle({ store })
  const runId = randomUUID()
  const start = { ...startOf(workflows.single), timeoutMs: 86_400_000 }
  const { projectId, organisationId } = start
  await handle.handle(runId, start, by)
  // A page must be full at both sizes to be compared.
  await Promise.all(Array.from({ length: 60 }, () => handle.handle(randomUUID(), start, by)))
  for (let count = 0; count < 100; count++)
    await handle.handle(runId, { type: count % 2 === 0 ? 'PauseRun' : 'ResumeRun', reason: '' }, by)
  let pauses = 0
  let epoch = 0
  const reads = forTenant(sql, organisationId)
  const page = { size: 50, after: null, before: null, fromEnd: false, filter: {} }
  const figures: Figures = {
    append: await time(() =>
      handle.handle(runId, { type: pauses++ % 2 === 0 ? 'PauseRun' : 'ResumeRun', reason: '' }, by),
    ),
    'find what is due': await time(() => takeDue(sql)),
    claim: await time(async () => {
      epoch += 1
      await handle.handle(runId, { type: 'ClaimTask', taskIndex: 0, epoch, worker: 'w' }, by)
      await handle.handle(runId, { type: 'ReleaseTask', taskIndex: 0, epoch, reason: '' }, by)
    }),
    'resume a run that is not in memory': await time(() => createHandle({ store }).load(runId)),
    'read what a subscriber lacks': await time(() => store.read(runId, 50, 256)),
    'heads of followed runs': await time(() => store.heads([runId])),
    'page of runs': await time(() => reads.runs.page(page)),
    'page of a project’s runs': await time(() => reads.runs.pagesOf('projectId', [projectId], page)),
  }
  await handle.close()
  return figures
}

async function time(work: () => Promise<unknown>): Promise<number> {
  for (let count = 0; count < 10; count++) await work()
  const taken: number[] = []
  for (let count = 0; count < 60; count++) taken.push((await seconds(work)) * 1_000)
  return median(taken)
}

/** Runs that have ended, but for one in a hundred, with their events and tasks, written past the appender. */
async function grow(owner: Sql, runCount: number, eventsEach: number): Promise<void> {
  const { organisationId, projectId } = startOf(workflows.single)
  await owner`set statement_timeout = 0`
  await owner`
    insert into runs (id, organisation_id, project_id, head, status, workflow, workflow_version, title, priority, max_parallel, correlation_id,
      task_count, tasks_ended, tasks_failed, started_at, updated_at, ended_at)
    select gen_random_uuid(), ${organisationId}, ${projectId}, ${eventsEach}, case when n % 100 = 0 then 'RUNNING' else 'SUCCEEDED' end, 'single', 1, 'Grown', 0, 8, 'c',
      1, 1, 0, now(), now(), case when n % 100 = 0 then null else now() end
    from generate_series(1, ${runCount}) n`
  await owner`
    insert into tasks (run_id, index, organisation_id, project_id, status, kind, key, title, uses, worker_class, priority, attempt, epoch, ready_at, planned_seq, last_seq)
    select id, 0, organisation_id, project_id, case when ended_at is null then 'READY' else 'SUCCEEDED' end, 'work', 'only', 'Only', 'echo', 'sandbox', 0, 1, 0, now(), 1, head
    from runs where title = 'Grown'`
  await owner`
    insert into events (run_id, seq, organisation_id, project_id, type, v, task_index, data, actor, correlation_id, at)
    select id, seq, organisation_id, project_id, 'ToolCallStarted', 1, 0, '{"taskIndex": 0, "attempt": 1, "epoch": 1, "call": 1, "tool": "shell", "summary": ""}',
      '{"kind": "engine", "id": "bench", "name": "Bench"}', 'c', now()
    from runs cross join generate_series(1, ${eventsEach}) seq where title = 'Grown'`
  await owner`analyze`
}
