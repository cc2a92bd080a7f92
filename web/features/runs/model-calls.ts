/** The model calls of a task, read out of the events of its run. */
import type { RecordedEvent } from '../../../domain/run/events.ts'
import { taskOf } from '../../lib/event-task.ts'
import { createLogReader, type LogReader } from '../../lib/log-fold.ts'

export type ModelCandidate = {
  model: string
  propensity: number
  excluded: string | null
  costMicros: number | null
  quality: number
  latencySeconds: number
}

export type ModelCall = {
  /** Of its event, which names it. */
  seq: number
  call: number
  tryIndex: number
  purpose: string
  model: string
  simulated: boolean
  startedAt: number
  /** null while it is under way. */
  durationMs: number | null
  inputTokens: number
  outputTokens: number
  costMicros: number
  /** Its reply was lost, and its reservation counts. */
  uncertain: boolean
  fault: string | null
  /** Why this model; empty where it was told by nobody. */
  reason: string
  /** What it was drawn from, the likeliest first. */
  candidates: readonly ModelCandidate[]
}

type Routed = Extract<RecordedEvent, { type: 'ModelRouted' }>['data']
type Reading = { calls: readonly ModelCall[]; routed: Routed | null }

/** The same array while nothing was added. */
export function createModelCallReader(index: number): LogReader<readonly ModelCall[]> {
  const read = createLogReader<Reading>({ calls: [], routed: null }, (reading, event) =>
    event.type.startsWith('Model') && taskOf(event) === index ? next(reading, event) : reading,
  )
  return log => read(log).calls
}

function next({ calls, routed }: Reading, event: RecordedEvent): Reading {
  switch (event.type) {
    case 'ModelRouted':
      return { calls, routed: event.data }
    case 'ModelCallStarted':
      return { calls: [...calls, begun(event, routed)], routed: null }
    case 'ModelCallFinished': {
      const { inputTokens, outputTokens, costMicros, durationMs, certainty } = event.data
      const uncertain = certainty === 'unknown'
      return { calls: ended(calls, { inputTokens, outputTokens, costMicros, durationMs, uncertain }), routed }
    }
    case 'ModelCallFailed': {
      const { costMicros, certainty, error } = event.data
      const durationMs = event.at - (calls.at(-1)?.startedAt ?? event.at)
      const uncertain = certainty === 'unknown' && costMicros > 0
      return { calls: ended(calls, { costMicros, durationMs, uncertain, fault: error.message }), routed }
    }
    default:
      return { calls, routed }
  }
}

function begun({ seq, at, data }: RecordedEvent & { type: 'ModelCallStarted' }, routed: Routed | null): ModelCall {
  const { call, tryIndex, purpose, model, simulated } = data
  return {
    seq,
    call,
    tryIndex,
    purpose,
    model,
    simulated,
    startedAt: at,
    durationMs: null,
    inputTokens: 0,
    outputTokens: 0,
    costMicros: 0,
    uncertain: false,
    fault: null,
    reason: routed?.reason ?? '',
    candidates: candidatesOf(routed),
  }
}

/** A task makes one call after the other: the one that ends is the last. */
const ended = (calls: readonly ModelCall[], end: Partial<ModelCall>): readonly ModelCall[] => {
  const last = calls.at(-1)
  return last === undefined ? calls : [...calls.slice(0, -1), { ...last, ...end }]
}

/** A long list is a blob that the event cites; then nothing is shown of it. */
function candidatesOf(routed: Routed | null): readonly ModelCandidate[] {
  const candidates = routed?.candidates
  if (!Array.isArray(candidates)) return []
  return [...(candidates as unknown as ModelCandidate[])].sort((a, b) => b.propensity - a.propensity)
}
