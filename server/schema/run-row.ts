import type { RunRow } from '../../db/rows.ts'
import { isTaskEnded, type Run } from '../../domain/run/state.ts'

const at = (ms: number): Date => new Date(ms)

/** The row of a folded run, so that a mutation answers with what it made without reading it again. */
export function runRow(run: Run, updatedAt = Math.max(run.startedAt, run.endedAt ?? 0)): RunRow {
  const { id, organisationId, projectId, head, status, workflow, workflowVersion, title, priority, maxParallel } = run
  const { parentRunId, parentTaskIndex, correlationId, error, tasks } = run
  return {
    id,
    organisationId,
    projectId,
    head,
    status,
    workflow,
    workflowVersion,
    title,
    priority,
    maxParallel,
    parentRunId,
    parentTaskIndex,
    correlationId,
    error,
    taskCount: tasks.length,
    tasksEnded: tasks.filter(task => isTaskEnded(task.status)).length,
    tasksFailed: tasks.filter(task => task.status === 'FAILED' || task.status === 'BLOCKED').length,
    startedAt: at(run.startedAt),
    updatedAt: at(updatedAt),
    endedAt: run.endedAt === null ? null : at(run.endedAt),
  }
}
