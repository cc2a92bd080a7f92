/** Content-addressed bytes in rows of 1 MiB, per organisation. Written before the event that cites them. */
import { createHash } from 'node:crypto'
import { OrreryError } from '../domain/errors.ts'
import type { BlobStore } from '../domain/ports.ts'
import type { Sql } from './connect.ts'

const chunkBytes = 1024 * 1024

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export function createBlobStore(sql: Sql, organisationId: string): BlobStore {
  return {
    async put(bytes) {
      const hash = sha256(bytes)
      const [known] = await sql`select 1 from blobs where organisation_id = ${organisationId} and hash = ${hash}`
      if (known === undefined) await write(sql, organisationId, hash, bytes)
      return { hash, size: bytes.length }
    },

    async get(hash) {
      const chunks: Uint8Array[] = []
      for await (const chunk of readBlob(sql, organisationId, hash)) chunks.push(chunk)
      return Buffer.concat(chunks)
    },
  }
}

/** The row of `blobs` comes last: a blob that is there is whole. What a crash leaves before is the beginning of the same bytes. */
async function write(sql: Sql, organisationId: string, hash: string, bytes: Uint8Array): Promise<void> {
  const chunks = Math.ceil(bytes.length / chunkBytes)
  for (let index = 0; index < chunks; index++) {
    const part = Buffer.from(bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes))
    await sql`insert into blob_chunks (organisation_id, hash, index, bytes) values (${organisationId}, ${hash}, ${index}, ${part}) on conflict do nothing`
  }
  await sql`insert into blobs (organisation_id, hash, size, chunks) values (${organisationId}, ${hash}, ${bytes.length}, ${chunks}) on conflict do nothing`
}

/** The bytes piece by piece, so that a large one is never whole in memory. Throws NOT_FOUND. */
export async function* readBlob(sql: Sql, organisationId: string, hash: string): AsyncGenerator<Uint8Array> {
  const [blob] = await sql<
    { chunks: number }[]
  >`select chunks from blobs where organisation_id = ${organisationId} and hash = ${hash}`
  if (blob === undefined) throw new OrreryError('NOT_FOUND', `there is no blob ${hash.slice(0, 12)}…`)
  for (let index = 0; index < blob.chunks; index++) {
    const [row] = await sql<{ bytes: Uint8Array }[]>`
      select bytes from blob_chunks where organisation_id = ${organisationId} and hash = ${hash} and index = ${index}`
    if (row !== undefined) yield row.bytes
  }
}
