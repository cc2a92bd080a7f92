/**
 * What a task writes while it runs, for people to watch. It is no event and nobody decides by it: the newest 256 KiB per
 * (run, task, epoch) are kept for an hour, and losing them loses nothing.
 */
import type { LinkState } from './redis.ts'

/** One claim's output. A newer epoch supersedes an older one. */
export type OutputKey = { runId: string; taskIndex: number; epoch: number }

/**
 * A piece of text. `offset` counts the UTF-16 units of this epoch before it, so that a reader can tell what it missed;
 * `end`: nothing follows in this epoch.
 */
export type OutputChunk = { epoch: number; offset: number; text: string; end: boolean }

/** UTF-16 units that are kept of one epoch. */
export const keptOutput = 256 * 1024

export interface LiveOutput {
  /** Collected for a moment, then sent. Never throws and never waits. */
  write(key: OutputKey, text: string): void
  /** Nothing follows. Resolves when what was written has been sent, or given up. */
  end(key: OutputKey): Promise<void>
  /** What is kept after `after`, then what comes, until the end of the epoch. `return()` ends it at once. */
  follow(key: OutputKey, after?: number): AsyncIterableIterator<OutputChunk>
  state(): LinkState
  close(): Promise<void>
}
