/** That runs changed, for lists: the newest head per run, coalesced while nobody pulls, and bounded. */
import type { Committed } from '../db/store.ts'
import type { Bell } from './bell.ts'
import { createSignal, type Source } from './pulled.ts'

/** Which commits a list wants to hear of. Absent: all. */
export type ChangeFilter = { organisationId?: string; projectId?: string; runIds?: readonly string[] }

/** Runs whose changes wait for a consumer. Beyond them it is cheaper to look at everything again. */
const maxWaiting = 1_000

export type ChangesDeps = { bell: Bell; filter: ChangeFilter; lookAgainMs: number; onClose(): void }

/** Gives lists of changes; an empty one says: something may have been missed, look at everything. */
export function createChanges({ bell, filter, lookAgainMs, onClose }: ChangesDeps): Source<readonly Committed[]> {
  const wanted = matcher(filter)
  const waiting = new Map<string, Committed>()
  const signal = createSignal()
  let missed = false
  let closed = false

  const hear = (changes: readonly Committed[]) => {
    if (changes.length === 0) missed = true
    for (const change of changes) if (wanted(change)) keep(change)
    if (waiting.size > maxWaiting) {
      missed = true
      waiting.clear()
    }
    if (missed || waiting.size > 0) signal.raise()
  }

  const keep = (change: Committed) => {
    const known = waiting.get(change.runId)
    if (known === undefined) waiting.set(change.runId, change)
    else waiting.set(change.runId, { ...change, head: Math.max(known.head, change.head), due: known.due || change.due })
  }

  const stopListening = bell.listen(hear)
  return {
    async next() {
      // Nothing was heard for a while: rings may be lost, so the consumer is told to look for itself.
      if (!missed && waiting.size === 0) {
        await signal.wait(lookAgainMs)
        if (waiting.size === 0) missed = true
      }
      if (closed) return undefined
      const changes = missed ? [] : [...waiting.values()]
      missed = false
      waiting.clear()
      return changes
    },
    close() {
      closed = true
      stopListening()
      signal.raise()
      onClose()
    },
  }
}

function matcher({ organisationId, projectId, runIds }: ChangeFilter): (change: Committed) => boolean {
  const ids = runIds === undefined ? null : new Set(runIds)
  return change =>
    (organisationId === undefined || change.organisationId === organisationId) &&
    (projectId === undefined || change.projectId === projectId) &&
    (ids === null || ids.has(change.runId))
}
