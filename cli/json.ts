/** What `--json` and `--jsonl` write: ids as the API shows them, moments as ISO 8601. */
import { toGlobalId } from '../domain/ids.ts'
import type { Approval } from '../domain/run/approvals.ts'
import type { RecordedEvent } from '../domain/run/events.ts'
import { type Artifact, begunAt, type Run, type Task } from '../domain/run/state.ts'

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
  forkedFrom:
    run.forkedFrom == null ? null : { runId: toGlobalId('Run', run.forkedFrom.runId), seq: run.forkedFrom.seq },
  startedAt: moment(begunAt(run)),
  endedAt: moment(run.endedAt),
  error: run.error,
  simulated: run.simulated,
  manual: run.manual,
  budgetMicros: run.budgetMicros,
  spentMicros: run.spentMicros,
  approvals: run.approvals.map(approvalJson),
  page: `${url}/runs/${toGlobalId('Run', run.id)}`,
  tasks: run.tasks.map(taskJson),
  artifacts: run.artifacts.map(artifactJson),
})

const approvalJson = ({ id, kind, status, title, taskIndex, dueAt, answer, answeredBy }: Approval) => ({
  approvalId: toGlobalId('Approval', id),
  kind,
  status,
  title,
  taskIndex,
  dueAt: moment(dueAt),
  answer,
  answeredBy: answeredBy?.name ?? null,
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
  spentMicros,
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
  spentMicros,
  output,
  error,
  reason,
})

export const artifactJson = ({ id, kind, title, mediaType, size, hash, taskIndex, score, simulated }: Artifact) => ({
  id: toGlobalId('Artifact', id),
  kind,
  title,
  mediaType,
  size,
  hash,
  taskIndex,
  score,
  simulated,
})
