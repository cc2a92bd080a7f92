/** The inbox: questions of all runs, projected from their events. */
import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { ApprovalKind, DeadlineRule } from '../domain/approval.ts'
import type { Json } from '../domain/json.ts'
import type { Approval } from '../domain/run/approvals.ts'
import type { Actor } from '../domain/run/events.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })

export const approvals = pgTable(
  'approvals',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id').notNull(),
    projectId: uuid('project_id').notNull(),
    runId: uuid('run_id').notNull(),
    taskIndex: integer('task_index').notNull(),
    attempt: integer('attempt').notNull(),
    /** The event that asked. */
    seq: integer('seq').notNull(),
    kind: text('kind').$type<ApprovalKind>().notNull(),
    status: text('status').$type<Approval['status']>().notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    fields: jsonb('fields').$type<Approval['fields']>().notNull(),
    facts: jsonb('facts').$type<Json>(),
    onDeadline: text('on_deadline').$type<DeadlineRule>().notNull(),
    quorum: integer('quorum').notNull(),
    votes: integer('votes').notNull(),
    escalated: boolean('escalated').notNull(),
    answer: jsonb('answer').$type<Json>(),
    answeredBy: jsonb('answered_by').$type<Actor>(),
    requestedAt: at('requested_at').notNull(),
    dueAt: at('due_at'),
    closedAt: at('closed_at'),
  },
  table => [
    index('approvals_inbox').on(table.organisationId, table.requestedAt, table.id).where(sql`${table.status} = 'OPEN'`),
    index('approvals_all').on(table.organisationId, table.requestedAt, table.id),
    index('approvals_run').on(table.runId, table.seq),
  ],
)
