/** Idempotency keys: the same key with the same input stands for the same thing, however often and from wherever it is sent. */
import { createHash } from 'node:crypto'
import { OrreryError } from '../domain/errors.ts'
import type { Json } from '../domain/json.ts'
import type { Sql } from './connect.ts'

export type IdempotentRequest = {
  organisationId: string
  /** What is asked, for example `startRun`. Keys of different operations are different keys. */
  operation: string
  key: string
  /** Everything that decides the outcome; the same up to the order of its fields counts as the same. */
  input: Json
  /** The id of what will be created, if the key is new. */
  newId: string
}

export interface Idempotency {
  /**
   * The id that the key stands for: `newId` where it is new, otherwise the one of the first request. The caller creates
   * the thing under that id, if it is not there yet. Throws IDEMPOTENCY_MISMATCH where the first request had other input.
   */
  claim(request: IdempotentRequest): Promise<string>
}

export function createIdempotency(sql: Sql): Idempotency {
  return {
    async claim({ organisationId, operation, key, input, newId }) {
      const inputHash = hashOf(input)
      // Two at the same moment: the second insert waits for the first, changes nothing and returns the first one's row.
      const [row] = await sql<{ input_hash: string; result_id: string }[]>`
        insert into idempotency_keys (organisation_id, operation, key, input_hash, result_id)
        values (${organisationId}, ${operation}, ${key}, ${inputHash}, ${newId})
        on conflict (organisation_id, operation, key) do update set key = excluded.key
        returning input_hash, result_id`
      if (row?.input_hash !== inputHash) {
        throw new OrreryError(
          'IDEMPOTENCY_MISMATCH',
          `the idempotency key ${key} was used for another ${operation} before`,
          {
            hint: 'Send what was sent then, or use a new key.',
          },
        )
      }
      return row.result_id
    },
  }
}

const hashOf = (input: Json): string => createHash('sha256').update(canonicalJson(input)).digest('hex')

/** JSON with the fields of every object in the order of their names. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, inner]) => `${JSON.stringify(name)}:${canonicalJson(inner)}`).join(',')}}`
}

/** A UUID that is the same for the same words: the id of the command that an idempotent request gives. */
export function uuidFor(...words: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(words)).digest('hex')
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
