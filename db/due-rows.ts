/** What a pass looks at, as parts of its statement: what is at work or about to be, and what could be begun. */
import type { Sql } from './connect.ts'
import type { Taken } from './fair-share.ts'

export type DueOptions = {
  /** Milliseconds until a task that was ticketed and not claimed is due again. */
  ticketMs: number
  /** Tasks at work at once of a project that sets no limit of its own. */
  projectParallel: number
  /** Milliseconds without a heartbeat after which a worker's capacity does not count. */
  workerMs: number
}

/** Ready tasks of one project that one pass looks at; what is left is found by the next. */
export const perProject = 16

export type TakenRow = Taken & { runMax: number; projectMax: number }

/** At most as many rows as workers can do at once. */
export function takenRows(sql: Sql, { projectParallel }: DueOptions) {
  return sql`
    select taken.run_id as "runId", taken.project_id as "projectId", taken.organisation_id as "organisationId",
      taken.worker_class as "workerClass", count(*)::int as count, min(runs.max_parallel) as "runMax",
      coalesce(min(projects.max_parallel), ${projectParallel}) as "projectMax"
    from (
      select run_id, project_id, organisation_id, worker_class from tasks where status = 'CLAIMED'
      union all
      select run_id, project_id, organisation_id, worker_class from tasks where status = 'READY' and not_before > now()
    ) taken join runs on runs.id = taken.run_id left join projects on projects.id = taken.project_id
    group by 1, 2, 3, 4`
}

/**
 * The most urgent tasks of every project that has any, by class of the workers that live: from project to project with one
 * look into the index each, without the given runs and projects.
 */
export function candidateRows(
  sql: Sql,
  { projectParallel, workerMs }: DueOptions,
  fullRuns: readonly string[],
  fullProjects: readonly string[],
) {
  return sql`
    with recursive queues as (
      select class as worker_class, capacity, (
        select project_id from tasks where status = 'READY' and kind = 'work' and worker_class = class
        order by project_id limit 1) as project_id
      from (
        select key as class, sum(value::int)::int as capacity from workers, jsonb_each_text(classes)
        where not draining and heartbeat_at > now() - ${workerMs} * interval '1 millisecond' group by key
      ) live
      union all
      select worker_class, capacity, (
        select project_id from tasks where status = 'READY' and kind = 'work' and worker_class = queues.worker_class and project_id > queues.project_id
        order by project_id limit 1)
      from queues where project_id is not null
    )
    select task.run_id as "runId", task.index as "taskIndex", task.epoch + 1 as epoch, task.worker_class as "workerClass",
      task.organisation_id as "organisationId", task.project_id as "projectId", task.priority,
      extract(epoch from task.ready_at)::float8 * 1000 as "readyAt", task.max_parallel as "runMax",
      coalesce(projects.max_parallel, ${projectParallel}) as "projectMax", queues.capacity as "classMax"
    from queues
    left join projects on projects.id = queues.project_id
    cross join lateral (
      select tasks.*, runs.max_parallel from tasks join runs on runs.id = tasks.run_id
      where tasks.status = 'READY' and tasks.kind = 'work' and tasks.worker_class = queues.worker_class and tasks.project_id = queues.project_id
        and (tasks.not_before is null or tasks.not_before <= now()) and tasks.run_id <> all(${[...fullRuns]}::uuid[])
        and runs.status in ('PENDING', 'RUNNING')
      order by tasks.priority desc nulls last, tasks.ready_at limit ${perProject}
    ) task
    where queues.project_id is not null and queues.project_id <> all(${[...fullProjects]}::uuid[])`
}
