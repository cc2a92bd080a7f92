/** From what a request shows to who it is from. */
import type { Keys } from '../../db/keys.ts'
import type { Principal } from './principal.ts'

/** `authorization` as in the header, or as a WebSocket sends it in its `connectionParams`. */
export type Credentials = { authorization: string | null; cookie: string | null }

/** Null for a stranger. Throws what Postgres throws: nobody is let in because it is away. */
export type Authenticate = (credentials: Credentials) => Promise<Principal | null>

export const sessionCookie = 'orrery_session'

/** How long an answer of Postgres is believed: a key that was revoked ends within this. */
const believedMs = 1_000
/** Answers that are remembered. Only valid credentials are, so strangers cannot fill it. */
const remembered = 1_000

export function createAuthenticate(
  keys: Pick<Keys, 'verify' | 'verifySession'>,
  now: () => number = Date.now,
): Authenticate {
  const known = new Map<string, { principal: Principal; until: number }>()

  const look = async (kind: 'key' | 'person', secret: string): Promise<Principal | null> => {
    const name = `${kind} ${secret}`
    const found = known.get(name)
    if (found !== undefined && found.until > now()) return found.principal
    known.delete(name)
    const grant = await (kind === 'key' ? keys.verify(secret) : keys.verifySession(secret))
    if (grant === null) return null
    if (known.size >= remembered) known.clear()
    const principal: Principal = { kind, ...grant }
    known.set(name, { principal, until: now() + believedMs })
    return principal
  }

  return async ({ authorization, cookie }) => {
    // Whoever shows a key means that key: a wrong one is not made good by a cookie.
    if (authorization !== null) {
      const key = /^Bearer +(\S{1,200})$/i.exec(authorization)?.[1]
      return key === undefined ? null : look('key', key)
    }
    const session = cookieOf(cookie ?? '', sessionCookie)
    return session === null ? null : look('person', session)
  }
}

export function cookieOf(header: string, name: string): string | null {
  for (const pair of header.split(';')) {
    const [key, value] = pair.trim().split('=', 2)
    if (key === name && value !== undefined && /^[\w-]{1,200}$/.test(value)) return value
  }
  return null
}
