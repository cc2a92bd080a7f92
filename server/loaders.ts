/** DataLoaders: whatever the resolvers of one operation ask for in one tick is one statement. */
import DataLoader from 'dataloader'
import { scopeName } from '../db/ledger-calls.ts'
import type { TenantReads } from '../db/tenancy.ts'
import type { ArtifactFilter, ArtifactOwner, ArtifactPageRequest } from '../db/tenant-artifacts.ts'
import type { SpentBy } from '../db/tenant-budgets.ts'
import type { EventKey } from '../db/tenant-events.ts'
import type { RunFilter, RunPageRequest, RunScope } from '../db/tenant-runs.ts'
import type { TaskEvent, TaskKey, TaskPageRequest } from '../db/tenant-tasks.ts'
import type { BudgetScope } from '../domain/budget.ts'
import type { TaskStatus } from '../domain/run/state.ts'
import { taskKey } from './schema/node-id.ts'

export type Loaders = ReturnType<typeof createLoaders>

export function createLoaders(reads: TenantReads) {
  return {
    project: byId(reads.projects.byIds),
    key: byId(reads.keys.byIds),
    run: byId(reads.runs.byIds),
    artifact: byId(reads.artifacts.byIds),
    approval: byId(reads.approvals.byIds),
    proposal: byId(reads.proposals.byIds),
    conversation: byId(reads.conversations.byIds),
    message: byId(reads.conversations.messagesByIds),
    /** Bodies of at most 1 MiB each, so few of them at once. */
    body: new DataLoader<string, Uint8Array | null>(hashes => reads.artifacts.small(hashes), { maxBatchSize: 20 }),
    firstEvent: new DataLoader(async (ids: readonly string[]) =>
      inOrder(ids, await reads.events.firstOfRuns(ids), event => event.runId),
    ),

    agentFigures: perRequest((agents: readonly string[], { days, now }: Lookback) =>
      reads.agents.figures(agents, sinceDays(days, now)),
    ),
    /** All of them in one statement, whoever is asked about. */
    atWork: new DataLoader(async (agents: readonly string[]) => {
      const tasks = await reads.agents.atWork()
      return agents.map(agent => tasks.filter(task => task.uses === agent))
    }),
    recentTasks: perRequest(async (agents: readonly string[], { size, statuses }: RecentTasks) => {
      const tasks = await reads.agents.recent(agents, size, statuses)
      return agents.map(agent => tasks.filter(task => task.uses === agent))
    }),
    modelUsage: perRequest(async (models: readonly string[], { days, now }: Lookback) =>
      inOrder(models, await reads.models.usage(sinceDays(days, now)), usage => usage.model),
    ),
    modelFailures: perRequest(async (models: readonly string[], { days, now }: Lookback) => {
      const failures = await reads.models.failures(sinceDays(days, now))
      return models.map(model => failures.filter(one => one.model === model))
    }),
    workflowVersions: new DataLoader(async (names: readonly string[]) => {
      const versions = await reads.workflows.versionsOf(names)
      return names.map(name => versions.filter(one => one.name === name))
    }),

    eventAt: new DataLoader(
      async (keys: readonly EventKey[]) =>
        inOrder(keys.map(eventKey), await reads.events.byKeys(keys), event => eventKey(event)),
      { cacheKeyFn: eventKey },
    ),

    task: byTask(reads.tasks.byKeys),
    taskPlanned: byTask<TaskEvent>(reads.tasks.planned),
    taskSucceeded: byTask<TaskEvent>(reads.tasks.succeeded),

    runPage: perRequest((ids: readonly string[], { scope, request }: { scope: RunScope; request: RunPageRequest }) =>
      reads.runs.pagesOf(scope, ids, request),
    ),
    runCount: perRequest((ids: readonly string[], { scope, filter }: { scope: RunScope; filter: RunFilter }) =>
      reads.runs.countsOf(scope, ids, filter),
    ),
    taskPage: perRequest((runIds: readonly string[], request: TaskPageRequest) =>
      reads.tasks.pagesOfRuns(runIds, request),
    ),
    taskCount: perRequest((runIds: readonly string[], { statuses }: Pick<TaskPageRequest, 'statuses'>) =>
      reads.tasks.countsOfRuns(runIds, statuses),
    ),
    artifactPage: perRequest((owners: readonly ArtifactOwner[], request: ArtifactPageRequest) =>
      reads.artifacts.pagesOf(owners, request),
    ),
    artifactCount: perRequest((owners: readonly ArtifactOwner[], filter: ArtifactFilter) =>
      reads.artifacts.countsOf(owners, filter),
    ),

    budget: byScope(reads.budgets.states),
    budgetForecast: byScope(scopes => reads.budgets.forecasts(scopes)),
    budgetSpending: perRequest((scopes: readonly BudgetScope[], by: SpentBy) => reads.budgets.spendBy(scopes, by)),
  }
}

type Lookback = { days: number; now: number }
type RecentTasks = { size: number; statuses: readonly TaskStatus[] | null }
const sinceDays = (days: number, now: number): Date => new Date(now - days * 86_400_000)

const eventKey = ({ runId, seq }: EventKey): string => `${runId}:${seq}`

/** The rows in the order of their keys; null where there is none. */
function inOrder<Row>(keys: readonly string[], rows: readonly Row[], keyOf: (row: Row) => string): (Row | null)[] {
  const found = new Map(rows.map(row => [keyOf(row), row]))
  return keys.map(key => found.get(key) ?? null)
}

const byId = <Row extends { id: string }>(read: (ids: readonly string[]) => Promise<Row[]>) =>
  new DataLoader<string, Row | null>(async ids => inOrder(ids, await read(ids), row => row.id))

const byTask = <Row extends TaskKey>(read: (keys: readonly TaskKey[]) => Promise<Row[]>) =>
  new DataLoader<TaskKey, Row | null, string>(
    async keys =>
      inOrder(
        keys.map(key => taskKey(key.runId, key.index)),
        await read(keys),
        row => taskKey(row.runId, row.index),
      ),
    { cacheKeyFn: key => taskKey(key.runId, key.index) },
  )

const byScope = <Value>(read: (scopes: readonly BudgetScope[]) => Promise<Value[]>) =>
  new DataLoader<BudgetScope, Value, string>(read, { cacheKeyFn: scopeName })

/** A loader for each distinct request, so that what is asked of many parents alike is one statement. */
function perRequest<Key, Request, Value>(read: (keys: readonly Key[], request: Request) => Promise<Value[]>) {
  const loaders = new Map<string, DataLoader<Key, Value, string>>()
  return (key: Key, request: Request): Promise<Value> => {
    const name = JSON.stringify(request)
    const loader =
      loaders.get(name) ??
      new DataLoader<Key, Value, string>(keys => read(keys, request), { cacheKeyFn: one => JSON.stringify(one) })
    loaders.set(name, loader)
    return loader.load(key)
  }
}
