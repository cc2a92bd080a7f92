/**
 * The seam between deciding and keeping: Postgres (`append.ts`, `events.ts`) or memory (`memory.ts`), held to one contract
 * test. A store knows runs by their heads and compares them; it decides nothing.
 */
import type { Command } from '../domain/run/commands.ts'
import type { RecordedEvent } from '../domain/run/events.ts'
import type { Run } from '../domain/run/state.ts'

/** What led to events, kept on the first event that it caused. */
export type CommandRecord = {
  id: string
  input: Command
  now: number
  seed: number
  /** The first event that it caused. */
  seq: number
}

/** The events of one or more commands on one run. `before.head` (0 for null) is compared with the stored head. */
export type Append = {
  before: Run | null
  after: Run
  events: readonly RecordedEvent[]
  /** The data of each event as JSON, checked against the vocabulary. */
  data: readonly string[]
  commands: readonly AppendedCommand[]
}

/** `named`: the caller chose the id, so the same command may come from elsewhere too. */
export type AppendedCommand = CommandRecord & { named: boolean }

export type AppendResult = 'appended' | 'conflict'

export interface EventStore {
  /**
   * All appends in one transaction; the losers, whose head has moved, change nothing and are returned as `conflict`. At
   * most one append per run and call. Throws where the transaction failed, also because a command is already there:
   * nothing of it was kept, or, if the connection broke during the commit, all of it (see `findCommand`).
   */
  append(batch: readonly Append[]): Promise<readonly AppendResult[]>
  /** The stored heads; runs that do not exist are missing. */
  heads(runIds: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** Events after `after`, ascending, at most `limit`. Throws UPGRADE_REQUIRED at an event of a newer vocabulary. */
  read(runId: string, after: number, limit: number): Promise<readonly RecordedEvent[]>
  /**
   * The first and last seq of the events that a command caused; null where it caused none. One that was not named is looked
   * for after `after` only.
   */
  findCommand(runId: string, commandId: string, after: number): Promise<{ first: number; last: number } | null>
  /** The newest kept state at or before `seq` that today's code may use. */
  snapshot(runId: string, seq: number): Promise<Run | null>
  saveSnapshot(run: Run): Promise<void>
}

/** What others are told after a commit. */
export type Committed = {
  runId: string
  organisationId: string
  projectId: string
  head: number
  /** Something may be due now: a task is ready, a claim is void, the run ended. */
  due: boolean
}

/** Who asks, and what the command is called: the same `commandId` said twice is one command. */
export type By = { actor: RecordedEvent['actor']; commandId?: string; correlationId?: string }

export type Handled = { run: Run; events: readonly RecordedEvent[] }

/** The only way to change a run. */
export interface Handle {
  /**
   * Decides on the newest state, appends, and answers with the state after it. Runs of one process are decided in
   * order, different runs ride in one flush. Throws OrreryError as `decide` does, and UNAVAILABLE when Postgres stays
   * away for longer than `patienceMs`.
   */
  handle(runId: string, command: Command, by: By): Promise<Handled>
  /** The newest state; null where there is no such run. */
  load(runId: string): Promise<Run | null>
  /** The state after event `seq` (clamped to the head); null where there is no such run. */
  stateAt(runId: string, seq: number): Promise<Run | null>
  /** Waits for what is under way. */
  close(): Promise<void>
}
