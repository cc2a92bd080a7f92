/** What `--json` and `--jsonl` write: ids as the API shows them, moments as ISO 8601. */
import { toGlobalId } from '../domain/ids.ts'
import type { RecordedEvent } from '../domain/run/events.ts'
import type { Artifact, Run, Task } from '../domain/run/state.ts'

const moment = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

export const eventJson = ({ runId, seq, at, type, actor, correlationId, causationSeq, data }: RecordedEvent) => ({
  runId: toGlobalId('Run', runId),
  seq,
  at: moment(at),
  type,
  actor,
  correlationId,
  causationSeq,
  data,
})

export const runJson = (run: Run, url: string) => ({
  runId: toGlobalId('Run', run.id),
  status: run.status,
  title: run.title,
  workflow: run.workflow,
  projectId: toGlobalId('Project', run.projectId),
  variables: run.variables,
  head: run.head,
  startedAt: moment(run.startedAt),
  endedAt: moment(run.endedAt),
  error: run.error,
  page: `${url}/runs/${toGlobalId('Run', run.id)}`,
  tasks: run.tasks.map(taskJson),
  artifacts: run.artifacts.map(artifactJson),
})

const taskJson = ({
  index,
  key,
  title,
  uses,
  status,
  attempt,
  groupIndex,
  startedAt,
  endedAt,
  output,
  error,
  reason,
}: Task) => ({
  index,
  key,
  title,
  uses,
  status,
  attempt,
  groupIndex,
  startedAt: moment(startedAt),
  endedAt: moment(endedAt),
  output,
  error,
  reason,
})

export const artifactJson = ({ id, kind, title, mediaType, size, hash, taskIndex }: Artifact) => ({
  id: toGlobalId('Artifact', id),
  kind,
  title,
  mediaType,
  size,
  hash,
  taskIndex,
})
