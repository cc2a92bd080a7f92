/**
 * The bell says "look", never what there is to see: a commit rings it, and whoever hears it reads Postgres. A lost ring is
 * harmless, because every listener also looks by itself once in a while; so a ring is sent and forgotten.
 */
import type { Committed } from '../db/store.ts'

/** Whether something that may go away temporarily is there. `reason` is empty while `up`. */
export type LinkState = { kind: 'redis' | 'memory'; up: boolean; reason: string }

export type BellListener = (changes: readonly Committed[]) => void

export interface Bell {
  /** Tells every listener in every process, this one included. Never throws and never waits. */
  ring(changes: readonly Committed[]): void
  /** Returns how to stop listening. A listener that throws is reported and does not disturb the others. */
  listen(listener: BellListener): () => void
  state(): LinkState
  close(): Promise<void>
}
