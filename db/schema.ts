/**
 * Every table, and the only place where columns are named. `drizzle-kit generate` makes the migrations from it; rights,
 * roles and triggers stand in hand-written SQL beside them. `organisation_id` is on every table.
 */
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Failure } from '../domain/errors.ts'
import type { Json } from '../domain/json.ts'
import type { Actor } from '../domain/run/events.ts'
import type { Run, RunStatus, TaskStatus } from '../domain/run/state.ts'
import type { KeptCommand } from './command-record.ts'

const bytea = customType<{ data: Uint8Array; driverData: Buffer }>({ dataType: () => 'bytea' })
const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })
const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })
const bigNumber = (name: string) => bigint(name, { mode: 'number' })

const organisationId = () => uuid('organisation_id').notNull()

export const organisations = pgTable('organisations', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: at('created_at').notNull().defaultNow(),
})

export const keyRoles = ['owner', 'member'] as const
export type KeyRole = (typeof keyRoles)[number]

/** API keys: the secret is kept as an HMAC under the installation's pepper, never as itself. */
export const apiKeys = pgTable('api_keys', {
  id: uuid('id').primaryKey(),
  organisationId: organisationId(),
  publicId: text('public_id').notNull().unique(),
  hash: text('hash').notNull(),
  name: text('name').notNull(),
  /** `owner`: also makes and revokes keys, and confirms what others asked for. */
  role: text('role').$type<KeyRole>().notNull().default('member'),
  createdAt: at('created_at').notNull().defaultNow(),
  expiresAt: at('expires_at'),
  revokedAt: at('revoked_at'),
  lastUsedAt: at('last_used_at'),
})

/** One-time sign-in links and the browser sessions that they open, both kept as hashes. */
export const sessions = pgTable('sessions', {
  id: uuid('id').primaryKey(),
  organisationId: organisationId(),
  keyId: uuid('key_id').notNull(),
  kind: text('kind').$type<'link' | 'session'>().notNull(),
  hash: text('hash').notNull().unique(),
  createdAt: at('created_at').notNull().defaultNow(),
  expiresAt: at('expires_at').notNull(),
  usedAt: at('used_at'),
})

export const projects = pgTable(
  'projects',
  {
    id: uuid('id').primaryKey(),
    organisationId: organisationId(),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    repository: text('repository'),
    /** Tasks of this project that may be at work at once; null: the installation's default. */
    maxParallel: integer('max_parallel'),
    /** Runs of it are simulated unless they are told otherwise. */
    simulated: boolean('simulated').notNull().default(false),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  table => [
    uniqueIndex('projects_slug').on(table.organisationId, table.slug),
    index('projects_page').on(table.organisationId, table.id),
  ],
)

/** What a client's idempotency key stands for. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    organisationId: organisationId(),
    operation: text('operation').notNull(),
    key: text('key').notNull(),
    /** sha256 of the canonical input. */
    inputHash: text('input_hash').notNull(),
    /** The id of what is created under this key. */
    resultId: uuid('result_id').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  table => [primaryKey({ columns: [table.organisationId, table.operation, table.key] })],
)

/** A run's head, and of its state what lists need. Written with the events, in one transaction. */
export const runs = pgTable(
  'runs',
  {
    id: uuid('id').primaryKey(),
    organisationId: organisationId(),
    projectId: uuid('project_id').notNull(),
    head: integer('head').notNull(),
    status: text('status').$type<RunStatus>().notNull(),
    workflow: text('workflow').notNull(),
    workflowVersion: integer('workflow_version').notNull(),
    title: text('title').notNull(),
    priority: integer('priority').notNull(),
    maxParallel: integer('max_parallel').notNull(),
    parentRunId: uuid('parent_run_id'),
    parentTaskIndex: integer('parent_task_index'),
    /** The run that it is a fork of, and the last event that it has from there. */
    forkedFromRunId: uuid('forked_from_run_id'),
    forkedAtSeq: integer('forked_at_seq'),
    correlationId: text('correlation_id').notNull(),
    error: jsonb('error').$type<Failure>(),
    taskCount: integer('task_count').notNull(),
    tasksEnded: integer('tasks_ended').notNull(),
    tasksFailed: integer('tasks_failed').notNull(),
    startedAt: at('started_at').notNull(),
    updatedAt: at('updated_at').notNull(),
    endedAt: at('ended_at'),
  },
  table => [
    index('runs_project').on(table.organisationId, table.projectId, table.id),
    index('runs_organisation').on(table.organisationId, table.id),
    index('runs_children').on(table.parentRunId).where(sql`${table.parentRunId} is not null`),
    index('runs_forks').on(table.forkedFromRunId).where(sql`${table.forkedFromRunId} is not null`),
    index('runs_open').on(table.status).where(sql`${table.endedAt} is null`),
    index('runs_open_children').on(table.id).where(sql`${table.parentRunId} is not null and ${table.endedAt} is null`),
  ],
)

/** The outbox: what is due, and under which limits. */
export const tasks = pgTable(
  'tasks',
  {
    runId: uuid('run_id').notNull(),
    index: integer('index').notNull(),
    organisationId: organisationId(),
    projectId: uuid('project_id').notNull(),
    status: text('status').$type<TaskStatus>().notNull(),
    kind: text('kind').$type<'work' | 'map' | 'run'>().notNull(),
    key: text('key').notNull(),
    title: text('title').notNull(),
    uses: text('uses').notNull(),
    workerClass: text('worker_class').notNull(),
    priority: integer('priority').notNull(),
    attempt: integer('attempt').notNull(),
    epoch: integer('epoch').notNull(),
    worker: text('worker'),
    groupIndex: integer('group_index'),
    error: jsonb('error').$type<Failure>(),
    readyAt: at('ready_at'),
    startedAt: at('started_at'),
    endedAt: at('ended_at'),
    /** Not ticketed before this; the loop moves it on when it tickets, so that a lost ticket is due again. */
    notBefore: at('not_before'),
    childRunId: uuid('child_run_id'),
    /** Where its events begin, and where those of its current attempt do. */
    plannedSeq: integer('planned_seq').notNull(),
    attemptSeq: integer('attempt_seq'),
    /** Its newest success, which a reset does not take away. */
    succeededSeq: integer('succeeded_seq'),
    /** Its newest event, but for those of a claim that goes on: a tool call changes no row. */
    lastSeq: integer('last_seq').notNull(),
  },
  table => [
    primaryKey({ columns: [table.runId, table.index] }),
    // From project to project, and within one by urgency.
    index('tasks_due')
      .on(table.workerClass, table.projectId, table.priority.desc(), table.readyAt)
      .where(sql`${table.status} = 'READY' and ${table.kind} = 'work'`),
    index('tasks_ticketed')
      .on(table.notBefore)
      .where(sql`${table.status} = 'READY' and ${table.notBefore} is not null`),
    index('tasks_runs')
      .on(table.status, table.runId)
      .where(sql`${table.kind} = 'run' and ${table.status} in ('READY', 'WAITING')`),
    index('tasks_active').on(table.projectId).where(sql`${table.status} = 'CLAIMED'`),
    // What each agent has done, and what went wrong, newest last.
    index('tasks_of_agent')
      .on(table.organisationId, table.uses, table.endedAt)
      .where(sql`${table.endedAt} is not null and ${table.kind} = 'work'`),
    index('tasks_gone_wrong')
      .on(table.organisationId, table.endedAt)
      .where(sql`${table.status} in ('FAILED', 'BLOCKED')`),
    index('tasks_children').on(table.childRunId).where(sql`${table.childRunId} is not null`),
  ],
)

/** Whose turn it is to look for what is due: one row, compared and set by every pass that takes something. */
export const passes = pgTable('passes', { turn: bigNumber('turn').notNull() })

export const events = pgTable(
  'events',
  {
    runId: uuid('run_id').notNull(),
    seq: integer('seq').notNull(),
    organisationId: organisationId(),
    projectId: uuid('project_id').notNull(),
    type: text('type').notNull(),
    v: integer('v').notNull(),
    /** The task it is about. Where in the run those of one task lie, its row in `tasks` tells. */
    taskIndex: integer('task_index'),
    // Text that is kept as it was written: jsonb is taken apart on each write, and put together again on each read.
    data: json('data').$type<{ readonly [key: string]: Json }>().notNull(),
    actor: json('actor').$type<Actor>().notNull(),
    correlationId: text('correlation_id').notNull(),
    causationSeq: integer('causation_seq'),
    /** On the first event that a command caused. */
    commandId: uuid('command_id'),
    /** What its event does not tell of it; see command-record.ts. */
    command: json('command').$type<KeptCommand>(),
    /** True where the caller chose the id: only then may the same one come a second time. */
    commandNamed: boolean('command_named'),
    at: at('at').notNull(),
    /** The feed of a project is ordered by transaction, run and seq; see feed.ts. */
    transaction: xid8('transaction').notNull().default(sql`pg_current_xact_id()`),
  },
  // Each index here costs a fifth of an append.
  table => [
    primaryKey({ columns: [table.runId, table.seq] }),
    uniqueIndex('events_command').on(table.runId, table.commandId).where(sql`${table.commandNamed}`),
    index('events_feed').on(table.projectId, table.transaction),
    // Few in a run, and what people ask about over all runs: another append pays for the comparison of a word only.
    index('events_of_models')
      .on(table.organisationId, table.type, table.at)
      .where(sql`${table.type} in ('ModelRouted', 'ModelCallFinished', 'ModelCallFailed', 'TaskSentBack')`),
  ],
)

export const artifacts = pgTable(
  'artifacts',
  {
    id: uuid('id').primaryKey(),
    organisationId: organisationId(),
    projectId: uuid('project_id').notNull(),
    runId: uuid('run_id').notNull(),
    taskIndex: integer('task_index').notNull(),
    attempt: integer('attempt').notNull(),
    seq: integer('seq').notNull(),
    kind: text('kind').notNull(),
    title: text('title').notNull(),
    mediaType: text('media_type').notNull(),
    size: bigNumber('size').notNull(),
    hash: text('hash').notNull(),
    /** From 0 to 1, and what it is made of; null for kinds that are not scored. */
    score: real('score'),
    scoreParts: jsonb('score_parts').$type<Json>(),
    /** Made by a simulated model. */
    simulated: boolean('simulated').notNull().default(false),
    createdAt: at('created_at').notNull(),
  },
  table => [
    uniqueIndex('artifacts_run').on(table.runId, table.seq),
    index('artifacts_hash').on(table.organisationId, table.hash),
    index('artifacts_newest').on(table.organisationId, table.id),
    index('artifacts_scored').on(table.organisationId, table.createdAt).where(sql`${table.score} is not null`),
  ],
)

export const blobs = pgTable(
  'blobs',
  {
    organisationId: organisationId(),
    hash: text('hash').notNull(),
    size: bigNumber('size').notNull(),
    chunks: integer('chunks').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  table => [primaryKey({ columns: [table.organisationId, table.hash] })],
)

export const blobChunks = pgTable(
  'blob_chunks',
  {
    organisationId: organisationId(),
    hash: text('hash').notNull(),
    index: integer('index').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  table => [primaryKey({ columns: [table.organisationId, table.hash, table.index] })],
)

/** A worker's right to a task, on Postgres' clock. */
export const leases = pgTable(
  'leases',
  {
    runId: uuid('run_id').notNull(),
    taskIndex: integer('task_index').notNull(),
    organisationId: organisationId(),
    epoch: integer('epoch').notNull(),
    worker: text('worker').notNull(),
    expiresAt: at('expires_at').notNull(),
  },
  table => [
    primaryKey({ columns: [table.runId, table.taskIndex] }),
    index('leases_expiry').on(table.expiresAt),
    index('leases_worker').on(table.worker),
  ],
)

export const timers = pgTable(
  'timers',
  {
    runId: uuid('run_id').notNull(),
    name: text('name').notNull(),
    organisationId: organisationId(),
    taskIndex: integer('task_index'),
    dueAt: at('due_at').notNull(),
  },
  table => [primaryKey({ columns: [table.runId, table.name] }), index('timers_due').on(table.dueAt)],
)

/** A state that can be recomputed: dropped and made anew whenever the code of `domain/run` changes. */
export const snapshots = pgTable(
  'snapshots',
  {
    runId: uuid('run_id').notNull(),
    seq: integer('seq').notNull(),
    organisationId: organisationId(),
    domainHash: text('domain_hash').notNull(),
    // As text: whoever is told something out of a state must be told it in the same order, whether it was kept or folded.
    state: json('state').$type<Run>().notNull(),
  },
  table => [primaryKey({ columns: [table.runId, table.seq] })],
)

/** Processes that do work, as they show themselves. */
export const workers = pgTable('workers', {
  id: text('id').primaryKey(),
  organisationId: organisationId(),
  host: text('host').notNull(),
  pid: integer('pid').notNull(),
  version: text('version').notNull(),
  classes: jsonb('classes').$type<Record<string, number>>().notNull(),
  active: integer('active').notNull().default(0),
  sandbox: jsonb('sandbox').$type<{ driver: string; available: boolean; reason: string }>(),
  /** Asked to finish what it does and to take nothing new. */
  draining: boolean('draining').notNull().default(false),
  startedAt: at('started_at').notNull().defaultNow(),
  heartbeatAt: at('heartbeat_at').notNull().defaultNow(),
})
