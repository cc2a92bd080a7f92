/**
 * Stored events in today's vocabulary. Rows are never rewritten: what an older version wrote is brought here, one version
 * at a time, whenever it is read.
 */
import { OrreryError } from '../errors.ts'
import type { Json } from '../json.ts'
import { type EventType, eventSchemas, type RunEvent, versionOf } from './events.ts'

export type StoredShape = { type: string; v: number; data: { readonly [key: string]: Json } }
type Data = StoredShape['data']

/** `steps[type][n]` makes version n + 2 of version n + 1. */
const steps: Partial<Record<EventType, readonly ((data: Data) => Data)[]>> = {
  // Version 1 knew no triggers and no optional tasks: every need had to succeed and every task counted.
  TaskPlanned: [
    data => ({ ...data, trigger: 'all-succeeded', optional: false }),
    // Version 2 asked nobody, sent nothing back and measured nothing.
    data => ({ ...data, graph: false, approval: null, back: null, gate: null, budgetShare: null, fromHandoffId: null }),
  ],
  // Version 1 knew no models, so nothing was simulated, spent or waited for.
  RunStarted: [
    data => ({ ...data, simulated: false, manual: false, budgetMicros: null, preference: null }),
    // Version 2 knew no forks, which alone change anything about agents.
    data => ({ ...data, adjustments: null }),
  ],
  ArtifactCreated: [data => ({ ...data, score: null, scoreParts: null, simulated: false })],
  // Version 1 kept the failure as one sentence.
  TaskFailed: [
    ({ reason, ...data }) => ({
      ...data,
      error: { code: 'TASK_FAILED', message: reason ?? 'unknown', hint: '', retryable: false },
    }),
  ],
}

/** Today's form of a stored event; null for a type or version that this code does not know, written by a newer one. */
export function upcast(stored: StoredShape): RunEvent | null {
  if (!isKnown(stored.type)) return null
  const current = versionOf(stored.type)
  // What was parsed on write is trusted on read.
  if (stored.v === current) return { type: stored.type, data: stored.data } as RunEvent
  if (stored.v > current) return null
  const data = (steps[stored.type] ?? []).slice(stored.v - 1).reduce((older, step) => step(older), stored.data)
  return { type: stored.type, data } as RunEvent
}

const isKnown = (type: string): type is EventType => Object.hasOwn(eventSchemas, type)

/** An unknown event forbids to go on deciding: an UPGRADE_REQUIRED that names it. */
export const upgradeRequired = (stored: StoredShape, where: string): OrreryError =>
  new OrreryError(
    'UPGRADE_REQUIRED',
    `${where} is ${stored.type} version ${stored.v}, which this version does not know`,
    {
      hint: 'A newer version of Orrery wrote it. Update this process, then the run goes on by itself.',
    },
  )

/** What is about to be stored, checked against the vocabulary. Throws INTERNAL: a fault here is one of ours. */
export function toStored(event: RunEvent): StoredShape {
  const parsed = eventSchemas[event.type].safeParse(event.data)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; ')
    throw new OrreryError('INTERNAL', `${event.type} is not well formed: ${faults}`)
  }
  return { type: event.type, v: versionOf(event.type), data: parsed.data as Data }
}
