/** The part of an append that keeps the inbox. */
import type { Sql } from './connect.ts'
import type { Append } from './store.ts'

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

/** Rows of the questions that the append asked or changed. */
export const approvalRows = ({ before, after }: Append) =>
  before?.approvals === after.approvals
    ? []
    : after.approvals
        .filter((approval, index) => approval !== before?.approvals[index])
        .map(one => ({
          id: one.id,
          organisation_id: after.organisationId,
          project_id: after.projectId,
          run_id: after.id,
          task_index: one.taskIndex,
          attempt: one.attempt,
          seq: one.seq,
          kind: one.kind,
          status: one.status,
          title: one.title,
          body: one.body,
          fields: one.fields,
          facts: one.facts,
          on_deadline: one.onDeadline,
          quorum: one.quorum,
          votes: one.votes.length,
          escalated: one.escalated,
          answer: one.answer,
          answered_by: one.answeredBy,
          requested_at: iso(one.requestedAt),
          due_at: iso(one.dueAt),
          closed_at: iso(one.closedAt),
        }))

export const newApprovals = (sql: Sql, rows: ReturnType<typeof approvalRows>) =>
  rows.length === 0
    ? sql``
    : sql`, new_approvals as (
      insert into approvals (id, organisation_id, project_id, run_id, task_index, attempt, seq, kind, status, title, body, fields, facts,
        on_deadline, quorum, votes, escalated, answer, answered_by, requested_at, due_at, closed_at)
      select * from jsonb_to_recordset(${sql.json(rows as never)}) as row(
        id uuid, organisation_id uuid, project_id uuid, run_id uuid, task_index int, attempt int, seq int, kind text, status text,
        title text, body text, fields jsonb, facts jsonb, on_deadline text, quorum int, votes int, escalated boolean, answer jsonb,
        answered_by jsonb, requested_at timestamptz, due_at timestamptz, closed_at timestamptz)
      where run_id in (select id from won)
      on conflict (id) do update set status = excluded.status, votes = excluded.votes, escalated = excluded.escalated,
        answer = excluded.answer, answered_by = excluded.answered_by, due_at = excluded.due_at, closed_at = excluded.closed_at)`
