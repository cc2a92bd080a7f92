/** DataLoaders: whatever the resolvers of one operation ask for in one tick is one statement. */
import DataLoader from 'dataloader'
import type { TenantReads } from '../db/tenancy.ts'
import type { ArtifactPageRequest } from '../db/tenant-artifacts.ts'
import type { RunFilter, RunPageRequest, RunScope } from '../db/tenant-runs.ts'
import type { TaskEvent, TaskKey, TaskPageRequest } from '../db/tenant-tasks.ts'
import type { TaskStatus } from '../domain/run/state.ts'
import { taskKey } from './schema/node-id.ts'

export type Loaders = ReturnType<typeof createLoaders>

export function createLoaders(reads: TenantReads) {
  return {
    project: byId(reads.projects.byIds),
    run: byId(reads.runs.byIds),
    artifact: byId(reads.artifacts.byIds),
    firstEvent: new DataLoader(async (ids: readonly string[]) =>
      inOrder(ids, await reads.events.firstOfRuns(ids), event => event.runId),
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
    taskPage: perRequest((ids: readonly string[], request: TaskPageRequest) => reads.tasks.pagesOfRuns(ids, request)),
    taskCount: perRequest((ids: readonly string[], { statuses }: { statuses: readonly TaskStatus[] | null }) =>
      reads.tasks.countsOfRuns(ids, statuses),
    ),
    artifactPage: perRequest((ids: readonly string[], request: ArtifactPageRequest) =>
      reads.artifacts.pagesOfRuns(ids, request),
    ),
    artifactCount: perRequest((ids: readonly string[], filter: Pick<ArtifactPageRequest, 'kinds' | 'taskIndex'>) =>
      reads.artifacts.countsOfRuns(ids, filter),
    ),
  }
}

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

/** A loader for each distinct request, so that what is asked of many parents alike is one statement. */
function perRequest<Request, Value>(read: (ids: readonly string[], request: Request) => Promise<Value[]>) {
  const loaders = new Map<string, DataLoader<string, Value>>()
  return (id: string, request: Request): Promise<Value> => {
    const name = JSON.stringify(request)
    const loader = loaders.get(name) ?? new DataLoader<string, Value>(ids => read(ids, request))
    loaders.set(name, loader)
    return loader.load(id)
  }
}
