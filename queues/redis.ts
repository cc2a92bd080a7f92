/**
 * Connections to Redis. A temporary failure never ends the process: links reconnect for ever with backoff, say in `state`
 * what is wrong, and what cannot be said meanwhile is dropped, because nothing in Redis is the only copy of anything.
 */
import { Redis, type RedisOptions } from 'ioredis'

/** Whether something that may go away temporarily is there. `reason` is empty while `up`. */
export type LinkState = { kind: 'redis' | 'memory'; up: boolean; reason: string }

/** Told of failures that are lived with. Never throws. */
export type Report = (where: string, error: unknown) => void

export type RedisLinks = {
  /** Stands before every key and channel. */
  readonly prefix: string
  /** For commands that are answered within 5 s or fail: while the link is down they fail at once, nothing piles up. */
  readonly commands: Redis
  /** A connection of its own for subscribing or blocking. It waits as long as it must; whoever opens it closes it. */
  open(): Redis
  state(): LinkState
  /** Closes `commands`. */
  close(): void
}

type Patience = Pick<
  RedisOptions,
  'enableOfflineQueue' | 'autoResendUnfulfilledCommands' | 'maxRetriesPerRequest' | 'commandTimeout'
>

/** Milliseconds before the given try (from 1) at reconnecting: 50 ms, doubled up to 2 s. */
export const reconnectDelay = (attempt: number): number => Math.min(50 * 2 ** Math.min(attempt - 1, 10), 2_000)

export const memoryLink: LinkState = { kind: 'memory', up: true, reason: '' }

/** Connects in the background and never throws; the password stays out of every message. */
export function createRedis(url: string, options: { prefix?: string; report?: Report } = {}): RedisLinks {
  const report = options.report ?? (() => {})
  let reason = 'not connected yet'

  const open = (special: Patience): Redis => {
    const redis = new Redis(url, {
      retryStrategy: reconnectDelay,
      connectTimeout: 5_000,
      keepAlive: 10_000,
      ...special,
    })
    // Without a listener an error event would end the process. Saying the same thing on each try helps nobody.
    let last = ''
    redis.on('error', (error: Error) => {
      reason = error.message
      if (error.message !== last) report('redis', error)
      last = error.message
    })
    redis.on('ready', () => {
      last = ''
    })
    return redis
  }

  const commands = open({
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 5_000,
  })
  return {
    prefix: options.prefix ?? 'orrery',
    commands,
    open: () => open({ maxRetriesPerRequest: null }),
    state: () =>
      commands.status === 'ready' ? { kind: 'redis', up: true, reason: '' } : { kind: 'redis', up: false, reason },
    close: () => commands.disconnect(),
  }
}
