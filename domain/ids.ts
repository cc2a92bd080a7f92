/** Global ids: a readable prefix, then a UUID without hyphens. Inside the system the bare UUID is used. */
import { OrreryError } from './errors.ts'

export const idPrefixes = {
  Organisation: 'org',
  Project: 'prj',
  Run: 'run',
  Artifact: 'art',
  Approval: 'apr',
  Worker: 'wrk',
  Key: 'key',
  Task: 'tsk',
  Proposal: 'prp',
  Conversation: 'cnv',
  Message: 'msg',
} as const
export type NodeType = keyof typeof idPrefixes

/** `run_0199…` of a UUID. */
export const toGlobalId = (type: NodeType, uuid: string): string => `${idPrefixes[type]}_${uuid.replaceAll('-', '')}`

/** The type and UUID of a global id. Throws BAD_INPUT where it is none, with an example of one of type `wanted`. */
export function fromGlobalId(id: string, wanted: NodeType = 'Run'): { type: NodeType; uuid: string } {
  const match = /^([a-z]{3})_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(id)
  const type = (Object.keys(idPrefixes) as NodeType[]).find(one => idPrefixes[one] === match?.[1])
  if (match === null || type === undefined)
    throw new OrreryError(
      'BAD_INPUT',
      `${JSON.stringify(id.slice(0, 80))} is not an id such as ${idPrefixes[wanted]}_0199c1d2…`,
    )
  return { type, uuid: match.slice(2).join('-') }
}

/** The UUID of an id that must be of the given type. Throws BAD_INPUT. */
export function uuidOf(type: NodeType, id: string): string {
  const found = fromGlobalId(id, type)
  if (found.type !== type)
    throw new OrreryError(
      'BAD_INPUT',
      `${id} is the id of a ${found.type}, and a ${type} was asked for (${idPrefixes[type]}_…)`,
    )
  return found.uuid
}

/** A UUIDv7: sortable by its time. `random` gives at least ten random bytes. */
export function uuidv7(now: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(now) << 16n)
  bytes.set(random.subarray(0, 10), 6)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
