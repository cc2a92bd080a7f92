/** Which sockets may speak: let in by a key, thrown out when it ends. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { CloseCode, type Context as ProtocolContext } from 'graphql-ws'
import type { WebSocket } from 'ws'
import { isTemporary } from '../../db/connect.ts'
import type { Authenticate } from '../auth/authenticate.ts'
import type { Principal } from '../auth/principal.ts'

export type Extra = {
  readonly socket: WebSocket
  /** What `socket` writes to. */
  readonly connection: Duplex
  readonly request: IncomingMessage
  /** Null until it was let in. */
  principal: Principal | null
}

/** A socket, as the protocol knows it. */
export type Socket = ProtocolContext<Record<string, unknown>, Extra>

export interface Admission {
  /** Answers an init. Where it says no, the socket is being closed, with the code that says why. */
  admit(socket: Socket): Promise<boolean>
  leave(socket: Socket): void
  /** Those that were let in. */
  readonly inside: ReadonlySet<Socket>
  close(): void
}

export type AdmissionDeps = {
  authenticate: Authenticate
  /** Of the given ids of keys, those that are valid now. */
  stillValid: (keyIds: readonly string[]) => Promise<ReadonlySet<string>>
  socketsPerKey: number
}

/** A key that was revoked is noticed within this. */
const lookMs = 1_000
/** Try again later: clients come back by themselves after it, as they do not after codes of the protocol. */
const later = 1013

export function createAdmission({ authenticate, stillValid, socketsPerKey }: AdmissionDeps): Admission {
  const inside = new Set<Socket>()
  const ofKey = (keyId: string): number => [...inside].filter(({ extra }) => extra.principal?.keyId === keyId).length

  const look = async () => {
    const ids = new Set([...inside].flatMap(({ extra }) => extra.principal?.keyId ?? []))
    if (ids.size === 0) return
    const valid = await stillValid([...ids])
    for (const { extra } of inside) {
      const { principal, socket } = extra
      if (principal === null) continue
      const expired = principal.expiresAt !== null && principal.expiresAt.getTime() <= Date.now()
      if (expired) socket.close(CloseCode.Unauthorized, 'Expired')
      else if (!valid.has(principal.keyId)) socket.close(CloseCode.Forbidden, 'Revoked')
    }
  }
  // While Postgres is away nobody can be found revoked; the next look finds him.
  const looking = setInterval(() => void look().catch(() => {}), lookMs)
  looking.unref()

  return {
    inside,
    async admit(socket) {
      const { extra, connectionParams } = socket
      const authorization = typeof connectionParams?.authorization === 'string' ? connectionParams.authorization : null
      const found = await authenticate({ authorization, cookie: extra.request.headers.cookie ?? null }).catch(away)
      if (found === 'away') return refused(extra.socket, later, 'Try again later')
      if (found === null) return refused(extra.socket, CloseCode.Unauthorized, 'Unauthorized')
      if (ofKey(found.keyId) >= socketsPerKey)
        return refused(extra.socket, CloseCode.TooManyInitialisationRequests, 'Too many sockets of this key')
      extra.principal = found
      inside.add(socket)
      return true
    },
    leave: socket => void inside.delete(socket),
    close: () => clearInterval(looking),
  }
}

const away = (error: unknown): 'away' => {
  if (isTemporary(error)) return 'away'
  throw error
}

/** The protocol would close it too, with a code that says less. */
function refused(socket: WebSocket, code: number, reason: string): false {
  socket.close(code, reason)
  return false
}
