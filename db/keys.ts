/** API keys, one-time sign-in links and browser sessions. None of them is stored as itself, only under the installation's pepper. */
import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { OrreryError } from '../domain/errors.ts'
import type { Sql } from './connect.ts'
import { mintKey, publicIdOf } from './key-format.ts'
import type { KeyRole } from './schema.ts'
import { transaction } from './transaction.ts'

/** What a key or a session stands for. `expiresAt` null: until it is revoked. */
export type Grant = {
  keyId: string
  publicId: string
  name: string
  role: KeyRole
  organisationId: string
  expiresAt: Date | null
}
export type NewKey = { organisationId: string; name: string; expiresAt: Date | null; id?: string; role?: KeyRole }

export interface Keys {
  /** The id of the one organisation of this installation, which is made where there is none. */
  organisation(name: string): Promise<string>
  /** Answers with the key itself, for the only time: null where there is one with this id already. A `member` unless told. */
  createOnce(key: NewKey & { id: string }): Promise<string | null>
  create(key: Omit<NewKey, 'id'>): Promise<string>
  /**
   * The key and its sessions are of no use from now on. Throws OrreryError NOT_FOUND, and CONFLICT where it is the last
   * one of an owner: nobody could make another.
   */
  revoke(organisationId: string, keyId: string): Promise<void>
  /** Null where it is no key of ours, expired or revoked. */
  verify(key: string): Promise<Grant | null>
  /** A token that opens one session, once, within `ttlMs`. */
  createLink(grant: Grant, ttlMs: number): Promise<string>
  /** The token of a new session that lasts `ttlMs`; null where the link was used before or has expired. */
  redeemLink(token: string, ttlMs: number): Promise<string | null>
  /** A session of a key that was shown by its owner. */
  openSession(grant: Grant, ttlMs: number): Promise<string>
  verifySession(token: string): Promise<Grant | null>
  endSession(token: string): Promise<void>
  /** Of the given ids of keys, those that are valid now. */
  stillValid(keyIds: readonly string[]): Promise<ReadonlySet<string>>
}

type GrantRow = Grant & { hash: string }

/** Any number: who makes the organisation does so alone. */
const organisationLock = 7_046_031

export function createKeys(sql: Sql, pepper: Uint8Array): Keys {
  const hashOf = (secret: string): string => createHmac('sha256', pepper).update(secret).digest('hex')

  const insertSession = async (
    kind: 'link' | 'session',
    grant: Pick<Grant, 'keyId' | 'organisationId'>,
    ttlMs: number,
  ): Promise<string> => {
    const token = randomBytes(32).toString('base64url')
    await sql`
      insert into sessions (id, organisation_id, key_id, kind, hash, expires_at)
      values (${randomUUID()}, ${grant.organisationId}, ${grant.keyId}, ${kind}, ${hashOf(token)}, now() + ${ttlMs} * interval '1 millisecond')`
    return token
  }

  const createOnce: Keys['createOnce'] = async ({ id, organisationId, name, expiresAt, role = 'member' }) => {
    const { text, publicId } = mintKey()
    const made = await sql`
      insert into api_keys (id, organisation_id, public_id, hash, name, role, expires_at)
      values (${id}, ${organisationId}, ${publicId}, ${hashOf(text)}, ${name}, ${role}, ${expiresAt})
      on conflict (id) do nothing returning id`
    return made.length === 0 ? null : text
  }

  return {
    organisation: name =>
      transaction(sql, async connection => {
        await connection`select pg_advisory_xact_lock(${organisationLock})`
        const [known] = await connection<{ id: string }[]>`select id from organisations order by created_at, id limit 1`
        if (known !== undefined) return known.id
        const id = randomUUID()
        await connection`insert into organisations (id, name) values (${id}, ${name})`
        return id
      }),

    createOnce,
    async create(key) {
      const text = await createOnce({ ...key, id: randomUUID() })
      if (text === null) throw new Error('two random ids are the same')
      return text
    },

    async revoke(organisationId, keyId) {
      await transaction(sql, async connection => {
        // One after another: of two owners who revoke each other, one stays.
        const owners = await connection<{ id: string }[]>`
          select id from api_keys where organisation_id = ${organisationId} and role = 'owner' and revoked_at is null
            and (expires_at is null or expires_at > now()) for update`
        if (owners.length === 1 && owners[0]?.id === keyId)
          throw new OrreryError('CONFLICT', 'this is the last key of an owner', {
            hint: 'Make another owner’s key first.',
          })
        const revoked = await connection`
          update api_keys set revoked_at = coalesce(revoked_at, now())
          where organisation_id = ${organisationId} and id = ${keyId} returning id`
        if (revoked.length === 0) throw new OrreryError('NOT_FOUND', 'there is no such key')
      })
    },

    async verify(key) {
      const publicId = publicIdOf(key)
      if (publicId === null) return null
      const [row] = await sql<GrantRow[]>`
        select id as "keyId", public_id as "publicId", name, role, organisation_id as "organisationId", expires_at as "expiresAt", hash
        from api_keys where public_id = ${publicId} and revoked_at is null and (expires_at is null or expires_at > now())`
      if (row === undefined || !timingSafeEqual(Buffer.from(row.hash), Buffer.from(hashOf(key)))) return null
      // A minute is exact enough for "last used", and one write a minute is all that a busy key costs.
      await sql`
        update api_keys set last_used_at = now() where id = ${row.keyId} and (last_used_at is null or last_used_at < now() - interval '1 minute')`
      return withoutHash(row)
    },

    createLink: (grant, ttlMs) => insertSession('link', grant, ttlMs),
    openSession: (grant, ttlMs) => insertSession('session', grant, ttlMs),

    async redeemLink(token, ttlMs) {
      const [row] = await sql<{ keyId: string; organisationId: string }[]>`
        update sessions set used_at = now()
        where hash = ${hashOf(token)} and kind = 'link' and used_at is null and expires_at > now()
        returning key_id as "keyId", organisation_id as "organisationId"`
      return row === undefined ? null : insertSession('session', row, ttlMs)
    },

    async verifySession(token) {
      const [row] = await sql<Grant[]>`
        select key.id as "keyId", key.public_id as "publicId", key.name, key.role, key.organisation_id as "organisationId",
          least(key.expires_at, session.expires_at) as "expiresAt"
        from sessions session join api_keys key on key.id = session.key_id
        where session.hash = ${hashOf(token)} and session.kind = 'session' and session.expires_at > now()
          and key.revoked_at is null and (key.expires_at is null or key.expires_at > now())`
      return row ?? null
    },

    async endSession(token) {
      await sql`delete from sessions where hash = ${hashOf(token)} and kind = 'session'`
    },

    async stillValid(keyIds) {
      const rows = await sql<{ id: string }[]>`
        select id from api_keys where id = any(${[...keyIds]}::uuid[]) and revoked_at is null and (expires_at is null or expires_at > now())`
      return new Set(rows.map(row => row.id))
    },
  }
}

const withoutHash = ({ hash: _, ...grant }: GrantRow): Grant => grant
