/** How an artifact came about, out of the events of its run: every figure here is a count or a sum of events that are named. */
import type { RecordedEvent } from '../../../domain/run/events.ts'
import type { Artifact, Run } from '../../../domain/run/state.ts'
import type { EventLog } from '../../lib/event-log.ts'

export type ModelUse = {
  readonly model: string
  readonly calls: number
  readonly micros: number
  readonly tokens: number
}
export type Provenance = {
  /** The events of the attempt that made it, from its claim to the artifact. */
  readonly first: number
  readonly last: number
  readonly events: number
  readonly worker: string | null
  readonly models: readonly ModelUse[]
  readonly tools: readonly { readonly tool: string; readonly calls: number }[]
  /** Hash of what the model was told in the last call before it. */
  readonly promptHash: string | null
  /** What the tasks had made that this one waited for: all that it could rest on. */
  readonly restsOn: readonly Artifact[]
}

export function provenanceOf(artifact: Artifact, run: Run, log: EventLog): Provenance {
  const own = eventsOf(artifact, log)
  const models = new Map<string, ModelUse>()
  const tools = new Map<string, number>()
  let worker: string | null = null
  let promptHash: string | null = null
  for (const event of own) {
    if (event.type === 'TaskClaimed') worker = event.data.worker
    if (event.type === 'ModelCallStarted') promptHash = event.data.promptHash
    if (event.type === 'ToolCallFinished') tools.set(event.data.tool, (tools.get(event.data.tool) ?? 0) + 1)
    if (event.type === 'ModelCallFinished') {
      const { model, costMicros, inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = event.data
      const before = models.get(model) ?? { model, calls: 0, micros: 0, tokens: 0 }
      const tokens = before.tokens + inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens
      models.set(model, { model, calls: before.calls + 1, micros: before.micros + costMicros, tokens })
    }
  }
  const needs = run.tasks[artifact.taskIndex]?.needs ?? []
  return {
    first: own[0]?.seq ?? artifact.seq,
    last: artifact.seq,
    events: own.length,
    worker,
    models: [...models.values()].sort((a, b) => b.micros - a.micros),
    tools: [...tools].map(([tool, calls]) => ({ tool, calls })).sort((a, b) => b.calls - a.calls),
    promptHash,
    restsOn: run.artifacts.filter(one => one.seq < artifact.seq && isOf(one, needs, run)),
  }
}

/**
 * The last event before its attempt handed anything in: there whoever made it was still at work. A change that it merged was
 * handed in with that: who does it again begins where it began, and not on top of what was found wrong.
 */
export function beforeMade(artifact: Artifact, log: EventLog): number {
  const { seq, taskIndex, attempt } = artifact
  const merged = eventsOf(artifact, log).find(({ type }) => type === 'ChangeMerged')
  if (merged !== undefined) return Math.max(1, merged.seq - 1)
  let at = seq
  while (at > 1) {
    const event = log.at(at - 2)
    const together =
      event.type === 'ArtifactCreated' && event.data.taskIndex === taskIndex && event.data.attempt === attempt
    if (!together) break
    at -= 1
  }
  return Math.max(1, at - 1)
}

/** Whether a model had a part in it: what only a program made cannot be told to be made otherwise. */
export const isByModel = (artifact: Artifact, log: EventLog): boolean =>
  eventsOf(artifact, log).some(({ type }) => type === 'ModelCallStarted')

/** Made by one of these tasks, or by an element that one of them expanded to. */
const isOf = ({ taskIndex }: Artifact, needs: readonly number[], { tasks }: Run): boolean =>
  needs.includes(taskIndex) || needs.includes(tasks[taskIndex]?.groupIndex ?? -1)

/** The events of its attempt up to itself. Those of earlier attempts are of no concern to it. */
function eventsOf({ seq, taskIndex, attempt }: Artifact, log: EventLog): RecordedEvent[] {
  const own: RecordedEvent[] = []
  for (let index = Math.min(seq, log.length) - 1; index >= 0; index--) {
    const event = log.at(index)
    if (!('taskIndex' in event.data) || event.data.taskIndex !== taskIndex) continue
    if (event.type === 'TaskPlanned' || ('attempt' in event.data && event.data.attempt < attempt)) break
    if ('attempt' in event.data && event.data.attempt === attempt) own.push(event)
  }
  return own.reverse()
}
