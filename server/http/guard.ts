/**
 * Who may call at all, before anybody looks at a key: requests that carry a name of ours as their host (a page elsewhere can
 * make its own name point here, and then its scripts call us as their own server), and of those that browsers send, the ones
 * from our own pages.
 */
import { isIP } from 'node:net'

export type GuardOptions = {
  /** Where people reach it; null: by an address or a loopback name. */
  publicUrl: string | null
  /** Further names, with or without a port, lower-case. */
  allowedHosts: readonly string[]
  /** Further origins, lower-case. */
  allowedOrigins: readonly string[]
}

/** What a request says about where it goes and comes from; `host` with its port. */
export type Whence = { host: string | null; origin: string | null }

export interface Guard {
  /** Why the request is refused; null where it is not. */
  refusal(whence: Whence): string | null
  /** The origin that may read the answer, besides our own; null where there is none. */
  foreign(whence: Whence): string | null
}

export function createGuard({ publicUrl, allowedHosts, allowedOrigins }: GuardOptions): Guard {
  const publicHost = publicUrl === null ? null : new URL(publicUrl).host
  const hosts = new Set([...allowedHosts, ...(publicHost === null ? [] : [publicHost])])
  const origins = new Set([...allowedOrigins, ...(publicUrl === null ? [] : [new URL(publicUrl).origin])])

  const knownHost = (host: string): boolean => {
    const name = host.replace(/:\d+$/, '')
    const bare = name.replace(/^\[|\]$/g, '')
    return hosts.has(host) || hosts.has(name) || name === 'localhost' || name.endsWith('.localhost') || isIP(bare) !== 0
  }
  const ownOrigin = (origin: string, host: string | null): boolean =>
    URL.canParse(origin) && new URL(origin).host === host

  return {
    refusal({ host, origin }) {
      if (host === null || !knownHost(host)) {
        return `This server does not go by the name ${host?.slice(0, 100) ?? '(none)'}. ORRERY_URL or ORRERY_ALLOWED_HOSTS can tell it.`
      }
      if (origin === null || ownOrigin(origin, host) || origins.has(origin)) return null
      return `Pages of ${origin.slice(0, 100)} may not call this server. ORRERY_ALLOWED_ORIGINS can allow it.`
    },
    foreign: ({ host, origin }) => (origin !== null && !ownOrigin(origin, host) && origins.has(origin) ? origin : null),
  }
}
