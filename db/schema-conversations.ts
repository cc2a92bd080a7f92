/** What people and the assistant said, and what it proposed. Rows, not events: a run begins only when a person confirms. */
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { EventLink, MessageState, ProposedCommand, ProposedRun, SaidFile } from '../domain/conversation.ts'
import type { Failure } from '../domain/errors.ts'
import type { Actor } from '../domain/run/events.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })
const organisationId = () => uuid('organisation_id').notNull()

export const proposals = pgTable('proposals', {
  id: uuid('id').primaryKey(),
  organisationId: organisationId(),
  projectId: uuid('project_id').notNull(),
  text: text('text').notNull(),
  simulated: boolean('simulated').notNull(),
  state: text('state').$type<MessageState>().notNull(),
  /** What was understood; null while it is thought about. */
  proposed: jsonb('proposed').$type<ProposedRun>(),
  error: jsonb('error').$type<Failure>(),
  /** The run that it was confirmed as. */
  runId: uuid('run_id'),
  by: jsonb('by').$type<Actor>().notNull(),
  createdAt: at('created_at').notNull(),
})

export const conversations = pgTable(
  'conversations',
  {
    id: uuid('id').primaryKey(),
    organisationId: organisationId(),
    projectId: uuid('project_id').notNull(),
    title: text('title').notNull(),
    /** Simulated models answer. */
    simulated: boolean('simulated').notNull(),
    /** Counts every change of it and of its messages. */
    version: integer('version').notNull(),
    /** The newest message. */
    lastSeq: integer('last_seq').notNull(),
    by: jsonb('by').$type<Actor>().notNull(),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  table => [index('conversations_project').on(table.organisationId, table.projectId, table.id)],
)

export const messages = pgTable(
  'messages',
  {
    id: uuid('id').primaryKey(),
    organisationId: organisationId(),
    conversationId: uuid('conversation_id').notNull(),
    /** 1, 2, 3 … within the conversation. */
    seq: integer('seq').notNull(),
    /** The version of the conversation at which it last changed. */
    version: integer('version').notNull(),
    author: text('author').$type<'person' | 'assistant'>().notNull(),
    by: jsonb('by').$type<Actor>(),
    state: text('state').$type<MessageState>().notNull(),
    text: text('text').notNull(),
    files: jsonb('files').$type<readonly SaidFile[]>().notNull(),
    links: jsonb('links').$type<readonly EventLink[]>().notNull(),
    commands: jsonb('commands').$type<readonly ProposedCommand[]>().notNull(),
    error: jsonb('error').$type<Failure>(),
    /** The model that answered; null where none did. */
    model: text('model'),
    simulated: boolean('simulated').notNull(),
    costMicros: bigint('cost_micros', { mode: 'number' }).notNull(),
    createdAt: at('created_at').notNull(),
  },
  table => [
    uniqueIndex('messages_seq').on(table.conversationId, table.seq),
    index('messages_version').on(table.conversationId, table.version),
  ],
)
