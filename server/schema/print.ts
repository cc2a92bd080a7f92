/** Writes `schema.graphql`: what the clients are generated from, committed so that every change of it is seen. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { createSchema } from './schema.ts'

export const printed = (): string => `${printSchema(lexicographicSortSchema(createSchema()))}\n`

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../../schema.graphql', import.meta.url), printed())
}
