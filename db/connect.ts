import postgres from 'postgres'
import { createSocketOf } from './silence.ts'
import { mendAnswers } from './whole-answers.ts'

export type Sql = postgres.Sql

/** The role that the running system works under: it may add events and never change or delete one (see migrations). */
export const runtimeRole = 'orrery_engine'

/** Milliseconds that Postgres has to say that it ended a statement. */
const graceMs = 1_000

/**
 * A pool of connections to Postgres. Connects lazily, so it never throws here; a query throws when the server stays away.
 * `role: null` keeps the rights of the URL's own user, which only migrations need.
 *
 * A statement is ended after `statementMs` (10,000 unless told, null, the usual for migrations: never), by Postgres, and a second later by this side:
 * a connection whose other end is gone fails like a broken one, with an error that `isTemporary`.
 */
export function connect(
  url: string,
  options: { role?: string | null; max?: number; applicationName?: string; statementMs?: number | null } = {},
): Sql {
  const role = options.role === undefined ? runtimeRole : options.role
  const { statementMs = role === null ? null : 10_000 } = options
  const sql = postgres(url, {
    max: options.max ?? 10,
    idle_timeout: 60,
    connect_timeout: 5,
    max_lifetime: null,
    onnotice: () => {},
    ...(statementMs === null ? {} : { socket: createSocketOf(statementMs + graceMs) }),
    connection: {
      application_name: options.applicationName ?? 'orrery',
      idle_in_transaction_session_timeout: 10_000,
      statement_timeout: statementMs ?? 0,
      // Every statement of the running system is meant to use an index. The planner cannot know how few rows a JSON
      // parameter holds, guesses 100, and would rather read a table of 10,000 runs than look 100 of them up.
      random_page_cost: '1.1',
      enable_seqscan: 'off',
      jit: 'off',
      ...(role === null ? {} : { role }),
    } as Record<string, string | number>,
  })
  mendAnswers(sql)
  return sql
}

/** The SQLSTATE of an error of Postgres, also through Drizzle's wrapping; null where it is none. */
export function sqlState(error: unknown): string | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = (at as { code?: unknown }).code
    if (typeof code === 'string' && /^(?!EPIPE)[0-9A-Z]{5}$/.test(code)) return code
  }
  return null
}

/**
 * Whether the connection is gone, rather than the statement refused. Where Postgres itself says so (class 08, and 57P01 to
 * 57P03 when it is shut down or ends a session), it closes it right after.
 */
export function isBroken(error: unknown): boolean {
  const state = sqlState(error)
  if (state !== null) return /^(08|57P0[123])/.test(state)
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined
  return (
    typeof code === 'string' &&
    /^(CONNECT|CONNECTION|ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)/.test(code)
  )
}

/** Whether the same statement may succeed later: the connection broke, the server restarts, is full, or two transactions met. */
export function isTemporary(error: unknown): boolean {
  const state = sqlState(error)
  if (state === null) return isBroken(error)
  return /^(08|53|57P|40|55P03|25P0[34])/.test(state) || state === '57014'
}
