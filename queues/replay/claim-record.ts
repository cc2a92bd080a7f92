/** What the log says of one claim: the state at which it began, the calls made before and under it, and how it ended. */
import { callOf } from '../../db/journal.ts'
import type { Failure } from '../../domain/errors.ts'
import type { RecordedCall } from '../../domain/ports.ts'
import type { RecordedEvent } from '../../domain/run/events.ts'
import type { Run, Task } from '../../domain/run/state.ts'

/** A call whose result is recorded, and the event that records it. */
export type Result = { seq: number; recorded: RecordedCall }

export type ClaimRecord = {
  /** The run after the claim, and its task. */
  run: Run
  task: Task
  /** Of TaskClaimed. */
  seq: number
  /** Calls of the attempt that earlier claims recorded, from 0 on. */
  before: readonly Result[]
  /** What happened to the task under this claim, its end included. */
  events: RecordedEvent[]
}

/** A call as it was begun: of a tool, or of a model, however many tries that took. */
export type Begun = {
  seq: number
  call: number
  /** `model` for a call to a model. */
  tool: string
  /** What people were told; of a model call its purpose. */
  summary: string
  /** null for a tool. */
  promptHash: string | null
  /** Why its newest try failed, as far as that is recorded. */
  failed: Failure | null
  /** Whether the agent went on although it has no result: then the call has failed, and the agent was told. */
  wentOn: boolean
}

/** The calls that were begun under the claim, and the results that its agent was given or had recorded before. */
export function callsOf({ before, events }: ClaimRecord): { results: readonly Result[]; begun: readonly Begun[] } {
  const results = [...before]
  const begun: Begun[] = []
  for (const [index, event] of events.entries()) {
    const result = callOf(event)
    const last = begun.at(-1)
    if (result !== null) results.push({ seq: event.seq, recorded: result })
    if (event.type === 'ModelCallFailed' && last !== undefined) last.failed = event.data.error
    const one = beginning(event)
    if (one === null) continue
    const again = last?.call === one.call && last.promptHash === one.promptHash && !isFirstTry(events, index)
    if (again && one.promptHash !== null) continue
    if (last !== undefined) last.wentOn = true
    begun.push(one)
  }
  const last = begun.at(-1)
  if (last !== undefined && events.at(-1)?.type === 'TaskSucceeded') last.wentOn = true
  return { results, begun }
}

function beginning(event: RecordedEvent): Begun | null {
  const open = { seq: event.seq, failed: null, wentOn: false }
  if (event.type === 'ToolCallStarted') {
    const { call, tool, summary } = event.data
    return { ...open, call, tool, summary, promptHash: null }
  }
  if (event.type !== 'ModelCallStarted') return null
  const { call, purpose, promptHash } = event.data
  return { ...open, call, tool: 'model', summary: purpose, promptHash }
}

/** A first try is routed and falls back from nothing; one on the same model again is not routed. */
const isFirstTry = (events: readonly RecordedEvent[], index: number): boolean =>
  events[index - 1]?.type === 'ModelRouted' && events[index - 2]?.type !== 'ModelFellBack'
