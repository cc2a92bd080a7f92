/**
 * Stored events in today's vocabulary. Rows are never rewritten: what an older version wrote is brought here, one version
 * at a time, whenever it is read.
 */
import { OrreryError } from '../errors.ts'
import type { Json } from '../json.ts'
import { type EventType, eventSchemas, eventTypes, type RunEvent, versionOf } from './events.ts'

export type StoredShape = { type: string; v: number; data: { readonly [key: string]: Json } }
type Data = StoredShape['data']

/** `steps[type][n]` makes version n + 2 of version n + 1. */
const steps: Partial<Record<EventType, readonly ((data: Data) => Data)[]>> = {
  // Version 1 knew no triggers and no optional tasks: every need had to succeed and every task counted.
  TaskPlanned: [data => ({ ...data, trigger: 'all-succeeded', optional: false })],
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
  const type = eventTypes.find(one => one === stored.type)
  if (type === undefined || stored.v > versionOf(type)) return null
  const data = (steps[type] ?? []).slice(stored.v - 1).reduce((older, step) => step(older), stored.data)
  // What was parsed on write is trusted on read.
  return { type, data } as RunEvent
}

/** As `upcast`, where an unknown event forbids to go on. Throws UPGRADE_REQUIRED. */
export function upcastOrRefuse(stored: StoredShape, where: string): RunEvent {
  const event = upcast(stored)
  if (event !== null) return event
  throw new OrreryError(
    'UPGRADE_REQUIRED',
    `${where} is ${stored.type} version ${stored.v}, which this version does not know`,
    {
      hint: 'A newer version of Orrery wrote it. Update this process, then the run goes on by itself.',
    },
  )
}

/** What is about to be stored, checked against the vocabulary. Throws INTERNAL: a fault here is one of ours. */
export function toStored(event: RunEvent): StoredShape {
  const parsed = eventSchemas[event.type].safeParse(event.data)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; ')
    throw new OrreryError('INTERNAL', `${event.type} is not well formed: ${faults}`)
  }
  return { type: event.type, v: versionOf(event.type), data: parsed.data as Data }
}
