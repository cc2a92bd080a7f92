/**
 * Watching what is no run: it is looked at when its topic rings, and now and then without a ring, because rings may be lost.
 * Many rings are one look, and how often a watcher looks does not depend on how often it rings.
 */
import type { Bell } from './bell.ts'
import { createSignal, type Source } from './pulled.ts'
import type { Topic } from './topics.ts'

/** What a look found; without a `value` there is nothing to tell. Next: wait for a ring, look again at once, or that was all. */
export type Look<T> = { value?: T; next: 'wait' | 'again' | 'end' }

export type Watch<T> = {
  topic: Topic
  /** Reads what is watched as it is now. What it throws ends the stream. */
  look(): Promise<Look<T>>
  /** The least milliseconds between two looks; 100 unless told. */
  spacingMs?: number
}

export type WatchDeps = {
  bell: Pick<Bell, 'listenTo'>
  /** The most milliseconds between two looks. */
  lookAgainMs: number
  onClose(): void
}

/** Looks at once, then as said above, until a look says that it is over. */
export function createWatch<T>(
  { topic, look, spacingMs = 100 }: Watch<T>,
  { bell, lookAgainMs, onClose }: WatchDeps,
): Source<T> {
  const rung = createSignal()
  const left = createSignal()
  const stopListening = bell.listenTo(topic, rung.raise)
  let step: Look<T>['next'] = 'again'
  let lookedAt = 0
  let closed = false

  const ring = async () => {
    const tooSoon = lookedAt + spacingMs - performance.now()
    if (tooSoon > 0) await left.wait(tooSoon)
    if (!closed) await rung.wait(lookAgainMs)
  }
  return {
    async next() {
      for (;;) {
        if (step === 'wait') await ring()
        if (closed || step === 'end') return undefined
        lookedAt = performance.now()
        const found: Look<T> = await look()
        step = found.next
        if (found.value !== undefined) return found.value
      }
    },
    close() {
      closed = true
      stopListening()
      left.raise()
      rung.raise()
      onClose()
    },
  }
}
