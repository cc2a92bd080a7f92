/**
 * The bell says "look", never what there is to see: a commit rings it, and whoever hears it reads Postgres. A lost ring is
 * harmless, because every listener also looks by itself once in a while; so a ring is sent and forgotten.
 */
import { randomUUID } from 'node:crypto'
import type { Committed } from '../db/store.ts'
import { type LinkState, memoryLink, type RedisLinks, type Report } from './redis.ts'

/** An empty list says that rings may have been lost: look at everything. */
export type BellListener = (changes: readonly Committed[]) => void

export interface Bell {
  /** Tells every listener in every process, this one included. Never throws and never waits. */
  ring(changes: readonly Committed[]): void
  /** Returns how to stop listening. A listener that throws is reported and does not disturb the others. */
  listen(listener: BellListener): () => void
  state(): LinkState
  close(): Promise<void>
}

/** For one process alone: rings reach the listeners of this process after the current turn of the event loop. */
export function createMemoryBell(report: Report = () => {}): Bell {
  const listeners = createListeners(report)
  return {
    ring(changes) {
      if (changes.length > 0) setImmediate(listeners.tell, changes)
    },
    listen: listeners.add,
    state: () => memoryLink,
    async close() {
      listeners.clear()
    },
  }
}

/** Changes in one message; more are told in several. */
const changesPerMessage = 200

type Message = { from: string; changes: readonly Committed[] }

/** Redis pub/sub between processes; within this one a ring arrives also while Redis is away. */
export function createRedisBell(redis: RedisLinks, report: Report = () => {}): Bell {
  const self = randomUUID()
  const channel = `${redis.prefix}:bell`
  const listeners = createListeners(report)
  const subscriber = redis.open()
  subscriber.on('message', (_, text: string) => {
    const message = parse(text)
    if (message === null) report('bell', new Error(`a message of ${text.length} characters is no ring`))
    else if (message.from !== self) listeners.tell(message.changes)
  })
  // What was rung while the link was down is not repeated: everybody looks for himself.
  subscriber.on('ready', () => listeners.tell([]))
  subscriber.subscribe(channel).catch(error => report('bell', error))

  const publish = (changes: readonly Committed[]) => {
    const message: Message = { from: self, changes }
    redis.commands.publish(channel, JSON.stringify(message)).catch(error => report('bell', error))
  }
  return {
    ring(changes) {
      if (changes.length === 0) return
      setImmediate(listeners.tell, changes)
      if (redis.commands.status !== 'ready') return
      for (let at = 0; at < changes.length; at += changesPerMessage) publish(changes.slice(at, at + changesPerMessage))
    },
    listen: listeners.add,
    state: () =>
      subscriber.status === 'ready'
        ? redis.state()
        : { kind: 'redis', up: false, reason: redis.state().reason || 'not subscribed' },
    async close() {
      listeners.clear()
      subscriber.disconnect()
    },
  }
}

/** Whoever can publish on the channel is trusted with waking us, and with nothing else. */
function parse(text: string): Message | null {
  try {
    const message = JSON.parse(text) as Partial<Message> | null
    if (message === null || typeof message.from !== 'string' || !Array.isArray(message.changes)) return null
    const changes = message.changes.filter(
      (change: Partial<Committed> | null) => typeof change?.runId === 'string' && typeof change.head === 'number',
    )
    return { from: message.from, changes }
  } catch {
    return null
  }
}

function createListeners(report: Report) {
  const all = new Set<BellListener>()
  return {
    add(listener: BellListener) {
      all.add(listener)
      return () => void all.delete(listener)
    },
    tell(changes: readonly Committed[]) {
      for (const listener of [...all]) {
        try {
          listener(changes)
        } catch (error) {
          report('bell listener', error)
        }
      }
    },
    clear: () => all.clear(),
  }
}
