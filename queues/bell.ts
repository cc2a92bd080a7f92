/**
 * The bell says "look", never what there is to see: a commit rings it, and whoever hears it reads Postgres. A lost ring is
 * harmless, because every listener also looks by itself once in a while; so a ring is sent and forgotten.
 *
 * Runs ring with their new heads, because those who follow one know by them whether there is anything to read. What else
 * people watch rings as a topic, which is a name and nothing more.
 */
import { randomUUID } from 'node:crypto'
import type { Committed } from '../db/store.ts'
import { type LinkState, memoryLink, type RedisLinks, type Report } from './redis.ts'
import { createTopics, type Topic } from './topics.ts'

/** An empty list says that rings may have been lost: look at everything. */
export type BellListener = (changes: readonly Committed[]) => void

export interface Bell {
  /** Tells every listener in every process, this one included. Never throws and never waits. */
  ring(changes: readonly Committed[]): void
  /** Returns how to stop listening. A listener that throws is reported and does not disturb the others. */
  listen(listener: BellListener): () => void
  /** The same for what is no run. Rung often in one turn of the event loop, it is told once. */
  ringOf(topic: Topic): void
  /** Hears also when rings may have been lost. Returns how to stop listening. */
  listenTo(topic: Topic, listener: () => void): () => void
  state(): LinkState
  close(): Promise<void>
}

/** For one process alone: rings reach the listeners of this process after the current turn of the event loop. */
export function createMemoryBell(report: Report = () => {}): Bell {
  const listeners = createListeners(report)
  const topics = createTopics(() => {}, report)
  return {
    ring: inOneTurn(listeners.tell),
    listen: listeners.add,
    ringOf: topics.ring,
    listenTo: topics.listen,
    state: () => memoryLink,
    async close() {
      listeners.clear()
      topics.clear()
    },
  }
}

/** Changes, or topics, in one message; more are told in several. */
const mostInMessage = 200

type Message<One> = { from: string; changes: readonly One[] }

/** Redis pub/sub between processes; within this one a ring arrives also while Redis is away. */
export function createRedisBell(redis: RedisLinks, report: Report = () => {}): Bell {
  const self = randomUUID()
  // One each, because a process of an older version takes a message without runs for one that says that rings were lost.
  const channels = { runs: `${redis.prefix}:bell`, topics: `${redis.prefix}:topics` }
  const listeners = createListeners(report)
  const publish = (channel: string, changes: readonly unknown[]) => {
    if (redis.commands.status !== 'ready') return
    for (let at = 0; at < changes.length; at += mostInMessage) {
      const message: Message<unknown> = { from: self, changes: changes.slice(at, at + mostInMessage) }
      redis.commands.publish(channel, JSON.stringify(message)).catch(error => report('bell', error))
    }
  }
  const topics = createTopics(rung => publish(channels.topics, rung), report)
  /** This process first: what its loop does next is waited for, and writing to a socket takes longer than telling. */
  const ring = inOneTurn((changes: readonly Committed[]) => {
    listeners.tell(changes)
    setImmediate(publish, channels.runs, changes)
  })

  const subscriber = redis.open()
  subscriber.on('message', (channel, text: string) => {
    const message = parse(text)
    if (message === null) report('bell', new Error(`a message of ${text.length} characters is no ring`))
    else if (message.from === self) return
    else if (channel === channels.topics) topics.hear(message.changes.filter(isText))
    else listeners.tell(message.changes.filter(isCommitted))
  })
  // What was rung while the link was down is not repeated: everybody looks for himself.
  subscriber.on('ready', () => {
    listeners.tell([])
    topics.hear(null)
  })
  subscriber.subscribe(channels.runs, channels.topics).catch(error => report('bell', error))

  return {
    ring,
    listen: listeners.add,
    ringOf: topics.ring,
    listenTo: topics.listen,
    state: () =>
      subscriber.status === 'ready'
        ? redis.state()
        : { kind: 'redis', up: false, reason: redis.state().reason || 'not subscribed' },
    async close() {
      listeners.clear()
      topics.clear()
      subscriber.disconnect()
    },
  }
}

/** Gives on together, at the end of a turn of the event loop, what it was given within it. */
function inOneTurn<One>(giveOn: (all: readonly One[]) => void): (some: readonly One[]) => void {
  let all: One[] = []
  const end = () => {
    const given = all
    all = []
    giveOn(given)
  }
  return some => {
    if (some.length === 0) return
    if (all.length === 0) setImmediate(end)
    all.push(...some)
  }
}

/** Whoever can publish on the channel is trusted with waking us, and with nothing else. */
function parse(text: string): Message<unknown> | null {
  try {
    const message = JSON.parse(text) as Partial<Message<unknown>> | null
    if (message === null || typeof message.from !== 'string' || !Array.isArray(message.changes)) return null
    return { from: message.from, changes: message.changes }
  } catch {
    return null
  }
}

const isText = (one: unknown): one is string => typeof one === 'string'

function isCommitted(one: unknown): one is Committed {
  const change = one as Partial<Committed> | null
  return typeof change?.runId === 'string' && typeof change.head === 'number'
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
