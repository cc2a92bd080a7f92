/** Who wants to hear of which topic, within one process. */
import type { Report } from './redis.ts'

/** What people watch that is no run: the spending of an organisation, a proposal, a conversation, each by its id. */
export type Topic = `${'spending' | 'proposal' | 'conversation'}:${string}`

export type Topics = {
  /** Tells whoever listens, after the current turn of the event loop; rung often in one turn, it is told once. */
  ring(topic: Topic): void
  /** Returns how to stop listening. A listener that throws is reported and does not disturb the others. */
  listen(topic: Topic, listener: () => void): () => void
  /** What was rung elsewhere. Null: rings may have been lost, so all of them. */
  hear(topics: Iterable<string> | null): void
  clear(): void
}

/** `onRing`: is given what was rung here within one turn. */
export function createTopics(onRing: (topics: readonly Topic[]) => void, report: Report): Topics {
  const listeners = new Map<string, Set<() => void>>()
  const rung = new Set<Topic>()

  const tell = (topic: string) => {
    for (const listener of [...(listeners.get(topic) ?? [])]) {
      try {
        listener()
      } catch (error) {
        report('bell listener', error)
      }
    }
  }
  const hear = (topics: Iterable<string> | null) => {
    for (const topic of topics ?? [...listeners.keys()]) tell(topic)
  }
  const pass = () => {
    const topics = [...rung]
    rung.clear()
    hear(topics)
    onRing(topics)
  }

  return {
    ring(topic) {
      if (rung.size === 0) setImmediate(pass)
      rung.add(topic)
    },
    listen(topic, listener) {
      const all = listeners.get(topic) ?? new Set()
      listeners.set(topic, all.add(listener))
      return () => {
        all.delete(listener)
        if (all.size === 0 && listeners.get(topic) === all) listeners.delete(topic)
      }
    },
    hear,
    clear: () => listeners.clear(),
  }
}
