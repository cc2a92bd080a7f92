import type { ProposedCommand, SaidFile } from '../domain/conversation.ts'
import type { Failure } from '../domain/errors.ts'
import type { Actor } from '../domain/run/events.ts'
import { type Page, type PageRequest, toPage } from './page.ts'
import { type ConversationRow, columns, type MessageRow } from './rows.ts'
import { conversations, messages } from './schema-conversations.ts'
import type { Tenant } from './tenant.ts'
import { transaction } from './transaction.ts'

export type NewConversation = Pick<ConversationRow, 'id' | 'projectId' | 'title' | 'simulated' | 'by'>
/** What was said, and where the answer to it will stand. */
export type Exchange = {
  conversationId: string
  messageId: string
  replyId: string
  text: string
  files: readonly SaidFile[]
  by: Actor
}
/** An answer as it is written down. */
export type Reply = Pick<MessageRow, 'text' | 'links' | 'commands' | 'model' | 'costMicros'> & {
  state: 'done' | 'failed'
  error: Failure | null
}

export function tenantConversations({ sql, organisationId }: Tenant) {
  const all = () => columns(sql, conversations)
  const allMessages = () => columns(sql, messages)
  /** Raises the version, so that whoever watches looks. */
  const changed = (id: ReturnType<typeof sql>) => sql`
    update conversations set version = version + 1, updated_at = now()
    where organisation_id = ${organisationId} and id = ${id} returning id, version, simulated`

  return {
    async create(given: NewConversation): Promise<ConversationRow> {
      const { id, projectId, title, simulated, by } = given
      await sql`
        insert into conversations (id, organisation_id, project_id, title, simulated, version, last_seq, by, created_at, updated_at)
        values (${id}, ${organisationId}, ${projectId}, ${title}, ${simulated}, 1, 0, ${sql.json(by)}, now(), now())
        on conflict (id) do nothing`
      const [row] = await this.byIds([id])
      if (row === undefined) throw new Error(`conversation ${id} is gone`)
      return row
    },

    byIds: (ids: readonly string[]): Promise<ConversationRow[]> =>
      sql<ConversationRow[]>`
        select ${all()} from conversations where organisation_id = ${organisationId} and id = any(${[...ids]}::uuid[])`,

    /** Newest first. */
    async page(projectId: string, request: PageRequest<string>): Promise<Page<ConversationRow>> {
      const direction = request.fromEnd ? sql`asc` : sql`desc`
      const rows = await sql<ConversationRow[]>`
        select ${all()} from conversations where organisation_id = ${organisationId} and project_id = ${projectId}
          ${request.after === null ? sql`` : sql`and id < ${request.after}`}
          ${request.before === null ? sql`` : sql`and id > ${request.before}`}
        order by id ${direction} limit ${request.size + 1}`
      return toPage(rows, request)
    },

    async count(projectId: string): Promise<number> {
      const [row] = await sql<{ count: number }[]>`
        select count(*)::int as count from conversations where organisation_id = ${organisationId} and project_id = ${projectId}`
      return row?.count ?? 0
    },

    messagesByIds: (ids: readonly string[]): Promise<MessageRow[]> =>
      sql<MessageRow[]>`
        select ${allMessages()} from messages where organisation_id = ${organisationId} and id = any(${[...ids]}::uuid[])`,

    /** In the order in which they were said. */
    async messages(conversationId: string, request: PageRequest<number>): Promise<Page<MessageRow>> {
      const rows = await sql<MessageRow[]>`
        select ${allMessages()} from messages where organisation_id = ${organisationId} and conversation_id = ${conversationId}
          ${request.after === null ? sql`` : sql`and seq > ${request.after}`}
          ${request.before === null ? sql`` : sql`and seq < ${request.before}`}
        order by seq ${request.fromEnd ? sql`desc` : sql`asc`} limit ${request.size + 1}`
      return toPage(rows, request)
    },

    async countMessages(conversationId: string): Promise<number> {
      const [row] = await sql<{ count: number }[]>`
        select count(*)::int as count from messages where organisation_id = ${organisationId} and conversation_id = ${conversationId}`
      return row?.count ?? 0
    },

    /** What changed after a version, at most `limit`, the oldest change first. */
    changedSince: (conversationId: string, version: number, limit: number): Promise<MessageRow[]> =>
      sql<MessageRow[]>`
        select ${allMessages()} from messages
        where organisation_id = ${organisationId} and conversation_id = ${conversationId} and version > ${version}
        order by version, seq limit ${limit}`,

    /** Puts down what was said and that it is being answered. False where it was said before under the same ids. */
    async say({ conversationId, messageId, replyId, text, files, by }: Exchange): Promise<boolean> {
      return transaction(sql, async connection => {
        // One after another: a statement that waited inside would still see the conversation without what was said meanwhile.
        await connection`
          select id from conversations where organisation_id = ${organisationId} and id = ${conversationId} for update`
        const said = await connection`
          with conversation as (
            update conversations set version = version + 1, last_seq = last_seq + 2, updated_at = now()
            where organisation_id = ${organisationId} and id = ${conversationId} and not exists (select from messages where id = ${messageId})
            returning id, version, last_seq, simulated)
          insert into messages (id, organisation_id, conversation_id, seq, version, author, by, state, text, files, links, commands, simulated, cost_micros, created_at)
          select said.id, ${organisationId}, conversation.id, conversation.last_seq - 2 + said.number, conversation.version, said.author,
            case said.author when 'person' then ${sql.json(by)}::jsonb end, said.state,
            case said.author when 'person' then ${text} else '' end,
            case said.author when 'person' then ${sql.json(files as never)}::jsonb else '[]' end,
            '[]', '[]', said.author = 'assistant' and conversation.simulated, 0, now()
          from conversation, (values
            (${messageId}::uuid, 1, 'person', 'done'), (${replyId}::uuid, 2, 'assistant', 'thinking')) as said(id, number, author, state)
          on conflict (id) do nothing returning id`
        return said.length > 0
      })
    },

    /** Who said what the message answers; null where it answers nobody. */
    async askedBy({ conversationId, seq }: Pick<MessageRow, 'conversationId' | 'seq'>): Promise<Actor | null> {
      const [row] = await sql<{ by: Actor | null }[]>`
        select by from messages where organisation_id = ${organisationId} and conversation_id = ${conversationId}
          and author = 'person' and seq < ${seq} order by seq desc limit 1`
      return row?.by ?? null
    },

    /** Writes an answer down, once: false where it was written, or given up, before. */
    async reply(messageId: string, reply: Reply): Promise<boolean> {
      const rows = await sql`
        with conversation as (${changed(sql`(select conversation_id from messages where id = ${messageId} and state = 'thinking')`)})
        update messages set version = conversation.version, state = ${reply.state}, text = ${reply.text},
          links = ${sql.json(reply.links as never)}, commands = ${sql.json(reply.commands as never)},
          error = ${reply.error === null ? null : sql.json(reply.error)}, model = ${reply.model}, cost_micros = ${reply.costMicros}
        from conversation where messages.id = ${messageId} and organisation_id = ${organisationId} and state = 'thinking'
        returning messages.id`
      return rows.length > 0
    },

    /** Puts down what became of a proposed command. */
    async settleCommand(messageId: string, command: ProposedCommand): Promise<void> {
      await sql`
        with conversation as (${changed(sql`(select conversation_id from messages where id = ${messageId})`)})
        update messages set version = conversation.version,
          commands = jsonb_set(commands, ${[String(command.index)]}::text[], ${sql.json(command as never)}::jsonb)
        from conversation where messages.id = ${messageId} and organisation_id = ${organisationId}`
    },
  }
}
