/** Every version of every workflow that was ever in force here. Runs are pinned to theirs, and people compare them. */
import { integer, json, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { Workflow } from '../domain/workflow.ts'

export const workflowVersions = pgTable(
  'workflow_versions',
  {
    organisationId: uuid('organisation_id').notNull(),
    name: text('name').notNull(),
    version: integer('version').notNull(),
    /** sha256 of the definition: one that was changed under its old number stands beside it. */
    hash: text('hash').notNull(),
    definition: json('definition').$type<Workflow>().notNull(),
    seenAt: timestamp('seen_at', { withTimezone: true, mode: 'date', precision: 3 }).notNull().defaultNow(),
  },
  table => [primaryKey({ columns: [table.organisationId, table.name, table.version, table.hash] })],
)
