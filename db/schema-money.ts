/** Budgets and what was spent of them. Apart from the events of runs: usage is always accepted, whatever became of a run. */
import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { BudgetKind } from '../domain/budget.ts'
import type { Usage } from '../domain/model.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })
const micros = (name: string) => bigint(name, { mode: 'number' })
const organisationId = () => uuid('organisation_id').notNull()

/** What may be spent, is reserved and was spent in one scope, everything below it included. */
export const budgets = pgTable(
  'budgets',
  {
    organisationId: organisationId(),
    kind: text('kind').$type<BudgetKind>().notNull(),
    id: text('id').notNull(),
    /** null: no limit of its own. */
    limitMicros: micros('limit_micros'),
    reservedMicros: micros('reserved_micros').notNull().default(0),
    spentMicros: micros('spent_micros').notNull().default(0),
  },
  table => [primaryKey({ columns: [table.organisationId, table.kind, table.id] })],
)

/**
 * `open`: under way, or held for calls to come · `known`: charged as the provider said · `unknown`: charged at its
 * reservation until it says · `released`: a hold that is over.
 */
export type LedgerState = 'open' | 'known' | 'unknown' | 'released'

/** One row for each call that money was reserved for. */
export const ledgerCalls = pgTable(
  'ledger_calls',
  {
    key: text('key').primaryKey(),
    organisationId: organisationId(),
    /** From the root down, each as `kind:id`. */
    scopes: text('scopes').array().notNull(),
    /** The claim that makes the call, as its key names it; null where no task does. */
    runId: uuid('run_id'),
    taskIndex: integer('task_index'),
    epoch: integer('epoch'),
    provider: text('provider').notNull(),
    model: text('model').notNull(),
    reservedMicros: micros('reserved_micros').notNull(),
    /** What it came to; null while it is open. */
    chargedMicros: micros('charged_micros'),
    state: text('state').$type<LedgerState>().notNull(),
    usage: jsonb('usage').$type<Usage>(),
    reservedAt: at('reserved_at').notNull().defaultNow(),
    settledAt: at('settled_at'),
  },
  table => [
    index('ledger_calls_scopes').using('gin', table.scopes),
    index('ledger_calls_time').on(table.organisationId, table.reservedAt),
    index('ledger_calls_task').on(table.runId, table.taskIndex).where(sql`${table.runId} is not null`),
    index('ledger_calls_open').on(table.reservedAt).where(sql`${table.state} = 'open'`),
    index('ledger_calls_settled').on(table.organisationId, table.settledAt, table.key),
  ],
)
