/** For tests that need runs: a database of their own, handles on it, and short ways to start runs and to wait for them. */
import { randomUUID } from 'node:crypto'
import { vi } from 'vitest'
import type { Json } from '../domain/json.ts'
import type { Actor } from '../domain/run/events.ts'
import type { Run } from '../domain/run/state.ts'
import { parseVariables, parseWorkflow } from '../domain/validate.ts'
import type { Workflow, WorkflowInput } from '../domain/workflow.ts'
import { connect, type Sql } from './connect.ts'
import { createPostgresStore } from './events.ts'
import { createHandle, type HandleDeps } from './handle.ts'
import type { EventStore, Handle } from './store.ts'
import { testDatabase } from './testing.ts'

export const tester: Actor = { kind: 'person', id: 'tester', name: 'Tester' }

export type Rig = {
  readonly sql: Sql
  readonly url: string
  readonly store: EventStore
  readonly handle: Handle
  readonly organisationId: string
  readonly projectId: string
  /** Another process' view: its own connections and its own cache. */
  process(options?: Partial<HandleDeps>): { sql: Sql; store: EventStore; handle: Handle }
  addProject(maxParallel?: number | null, organisationId?: string): Promise<string>
  /** Starts a run of the steps; its id. */
  start(steps: WorkflowInput['steps'], options?: StartOptions): Promise<string>
  /** The run once it satisfies the condition. */
  until(runId: string, condition: (run: Run) => boolean, ms?: number): Promise<Run>
  /** Called at the end, the last one first. */
  onClose(close: () => unknown): void
  close(): Promise<void>
}

export type StartOptions = {
  maxParallel?: number
  priority?: number
  projectId?: string
  organisationId?: string
  timeoutMs?: number
  variables?: Json
}

export const workflowOf = (steps: WorkflowInput['steps'], extra: Partial<WorkflowInput> = {}): Workflow =>
  parseWorkflow({ name: 'test', version: 1, title: 'Test', description: '', steps, ...extra } as WorkflowInput)

/** A step with little to say. */
export const step = (
  key: string,
  extra: Partial<WorkflowInput['steps'][number]> = {},
): WorkflowInput['steps'][number] => ({
  key,
  title: key,
  ...(extra.workflow === undefined ? { agent: 'test.agent' } : {}),
  workerClass: 'light',
  ...extra,
})

export async function createRig(options: { leaseMs?: number } & Partial<HandleDeps> = {}): Promise<Rig> {
  const { leaseMs = 15_000, ...handleOptions } = options
  const database = await testDatabase()
  const closers: (() => unknown)[] = [database.drop]
  const organisationId = randomUUID()

  const process = (extra: Partial<HandleDeps> = {}) => {
    const sql = connect(database.url, { max: 4 })
    const store = createPostgresStore(sql, { leaseMs })
    const handle = createHandle({ store, ...handleOptions, ...extra })
    closers.push(async () => {
      await handle.close()
      await sql.end({ timeout: 1 })
    })
    return { sql, store, handle }
  }
  const { sql, store, handle } = process()

  const addProject = async (maxParallel: number | null = null, organisation = organisationId) => {
    const id = randomUUID()
    await sql`insert into organisations (id, name) values (${organisation}, 'Test') on conflict do nothing`
    await sql`insert into projects (id, organisation_id, slug, name, max_parallel) values (${id}, ${organisation}, ${id}, 'Test', ${maxParallel})`
    return id
  }
  const projectId = await addProject()

  return {
    sql,
    url: database.url,
    store,
    handle,
    organisationId,
    projectId,
    process,
    addProject,
    async start(steps, given = {}) {
      const runId = randomUUID()
      const workflow = workflowOf(steps)
      const command = {
        type: 'StartRun' as const,
        organisationId: given.organisationId ?? organisationId,
        projectId: given.projectId ?? projectId,
        workflow,
        title: 'Test',
        variables: parseVariables(workflow, given.variables ?? {}),
        priority: given.priority ?? 0,
        maxParallel: given.maxParallel ?? null,
        timeoutMs: given.timeoutMs ?? null,
        parent: null,
      }
      await handle.handle(runId, command, { actor: tester })
      return runId
    },
    async until(runId, condition, ms = 10_000) {
      let run: Run | null = null
      await vi.waitFor(
        async () => {
          run = await handle.load(runId)
          if (run === null || !condition(run)) throw new Error(`not so: ${run === null ? 'no run' : describeRun(run)}`)
        },
        { timeout: ms, interval: 25 },
      )
      if (run === null) throw new Error('unreachable')
      return run
    },
    onClose: close => void closers.push(close),
    async close() {
      for (const close of closers.splice(0).reverse()) await close()
    },
  }
}

const describeRun = (run: Run): string =>
  `${run.status} ${run.tasks.map(task => `${task.key}:${task.status}#${task.attempt}/${task.epoch}`).join(' ')}`
