/**
 * Does a run again from its log: every command is decided anew on the state that it was decided on, and every claim is
 * worked on anew by its agent, with the recorded results. Nothing is called, and nothing is written.
 *
 *   log ──▶ command and its events ──▶ decide ──▶ the same events? ──┐
 *    └────▶ claim and its events ────▶ agent ───▶ the same calls? ───┴──▶ identical, or the first divergence
 */
import type { Sql } from '../../db/connect.ts'
import { callOf } from '../../db/journal.ts'
import { recordedDecisions } from '../../db/recorded-decisions.ts'
import type { CommandRecord } from '../../db/store.ts'
import { OrreryError } from '../../domain/errors.ts'
import type { Agent, BlobStore } from '../../domain/ports.ts'
import { decide } from '../../domain/run/decide.ts'
import type { RecordedEvent } from '../../domain/run/events.ts'
import { evolve, isTaskEnded, type Run } from '../../domain/run/state.ts'
import type { ClaimRecord, Result } from './claim-record.ts'
import type { Divergence } from './divergence.ts'
import type { World } from './recorded-context.ts'
import { type Decide, redecide } from './redecide.ts'
import { redoClaim } from './redo-claim.ts'

export type ReplayDeps = {
  sql: Sql
  agents: ReadonlyMap<string, Agent>
  blobsFor(organisationId: string): BlobStore
  /** Today's unless told. */
  decide?: Decide
  /** Milliseconds for the agent of one claim; 30,000 unless told. */
  patienceMs?: number
}

export type Unchecked = { taskIndex: number; epoch: number; reason: string }

export type Replay = {
  /** Up to the first divergence: events read, commands decided, claims worked on, calls answered, prompts compared. */
  events: number
  commands: number
  claims: number
  calls: number
  prompts: number
  /** The first one; null where the run is identical. */
  divergence: Divergence | null
  /** Claims that could not be compared to their end, at most 100. */
  unchecked: readonly Unchecked[]
}

const mostUnchecked = 100

/** Throws OrreryError NOT_FOUND, and UPGRADE_REQUIRED where a newer version wrote in the run. */
export async function replayRun(deps: ReplayDeps, runId: string): Promise<Replay> {
  const walk = createWalk(deps)
  let group: RecordedEvent[] = []
  let command: CommandRecord | null = null
  for await (const one of recordedDecisions(deps.sql, runId)) {
    if (one.command !== null) {
      const isCut = one.command.input.type === 'ForkRun'
      if (await walk.step(command, group, isCut)) return walk.end()
      group = []
      command = one.command
    }
    group.push(one.event)
  }
  if (group.length === 0) throw new OrreryError('NOT_FOUND', `there is no run ${runId}`)
  await walk.step(command, group, false)
  return walk.end()
}

type Tally = { -readonly [Key in keyof Omit<Replay, 'unchecked'>]: Replay[Key] } & { unchecked: Unchecked[] }

function createWalk(deps: ReplayDeps) {
  const { decide: decideAnew = decide, patienceMs = 30_000 } = deps
  const tally: Tally = { events: 0, commands: 0, claims: 0, calls: 0, prompts: 0, divergence: null, unchecked: [] }
  const open = new Map<number, ClaimRecord>()
  /** Of the current attempt of each task. */
  const journals = new Map<number, Result[]>()
  const trunks: { seq: number; trunk: Run['trunk'] }[] = []
  let run: Run | null = null

  const note = (divergence: Divergence | null) => {
    const first = tally.divergence
    if (divergence !== null && (first === null || divergence.seq < first.seq)) tally.divergence = divergence
  }

  const world = (): World => ({
    artifacts: run?.artifacts ?? [],
    trunkAfter: seq => trunks.findLast(one => one.seq <= seq)?.trunk ?? null,
  })

  const redo = async (record: ClaimRecord) => {
    const { task } = record
    const agent = deps.agents.get(task.uses)
    const skip = (reason: string) => {
      if (tally.unchecked.length < mostUnchecked)
        tally.unchecked.push({ taskIndex: task.index, epoch: task.epoch, reason })
    }
    if (agent === undefined) return skip(`there is no agent ${task.uses}`)
    const blobs = deps.blobsFor(record.run.organisationId)
    const redone = await redoClaim({ agent, world: world(), blobs, patienceMs }, record)
    tally.claims++
    tally.calls += redone.calls
    tally.prompts += redone.prompts
    if (redone.unchecked !== null) skip(redone.unchecked)
    note(redone.divergence)
  }

  /** Takes down what an event says of claims; true where one has ended. */
  const follow = (event: RecordedEvent, before: Run | null, after: Run): boolean => {
    if (event.type === 'ChangeMerged') trunks.push({ seq: event.seq, trunk: after.trunk })
    if (!('taskIndex' in event.data)) return false
    const { taskIndex } = event.data
    const task = after.tasks[taskIndex]
    if (task === undefined) return false
    const record = open.get(taskIndex)
    record?.events.push(event)
    if (task.calls === 0 || isTaskEnded(task.status)) journals.delete(taskIndex)
    const journal = journals.get(taskIndex) ?? []
    const recorded = callOf(event)
    if (recorded !== null) {
      journal.push({ seq: event.seq, recorded })
      journals.set(taskIndex, journal)
    }
    if (event.type === 'TaskClaimed')
      open.set(taskIndex, { run: after, task, seq: event.seq, before: [...journal], events: [] })
    return before?.tasks[taskIndex]?.status === 'CLAIMED' && task.status !== 'CLAIMED'
  }

  /** Of claims that were held when the run was forked, what they came to until then is all that there is. */
  const endClaims = async () => {
    for (const record of open.values()) await redo(record)
    open.clear()
  }

  const cutJournals = ({ tasks }: Run) => {
    for (const [taskIndex, journal] of journals) journals.set(taskIndex, journal.slice(0, tasks[taskIndex]?.calls ?? 0))
  }

  return {
    /** Takes the events of one command; true where a divergence was found. `isCut`: a fork began in the middle of them. */
    async step(command: CommandRecord | null, events: readonly RecordedEvent[], isCut: boolean): Promise<boolean> {
      if (command !== null) {
        tally.commands++
        note(redecide(run, command, events, { decideAnew, isCut }))
      }
      for (const event of events) {
        const before: Run | null = run
        if (event.type === 'RunForked') await endClaims()
        run = evolve(before, event)
        tally.events++
        if (event.type === 'RunForked') cutJournals(run)
        if (follow(event, before, run) && 'taskIndex' in event.data) {
          const record = open.get(event.data.taskIndex)
          open.delete(event.data.taskIndex)
          if (record !== undefined) await redo(record)
        }
      }
      return tally.divergence !== null
    },

    /** What is still at work, as far as it has come: an earlier divergence may stand there. */
    async end(): Promise<Replay> {
      await endClaims()
      return tally
    },
  }
}
