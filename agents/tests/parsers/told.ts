/** What all parsers of results share. All of it was written by what was tested: nothing is believed. */
import { z } from 'zod'
import type { ToldCase } from '../cases.ts'

/** The cases in what a runner wrote; null where that is nothing that the runner writes. */
export type Parser = (text: string) => ToldCase[] | null

export const number = z.number().nullish().catch(null)
export const string = z.string().nullish().catch(null)

/** A test as our own reporters write it, one a line. */
export const Line = z.object({
  name: z.string(),
  suite: string,
  file: string,
  line: number,
  status: z.enum(['passed', 'failed', 'skipped']),
  durationMs: number,
  message: string,
})

/** Nobody has more tests, and whoever pretends to must not keep the server busy. */
const mostLines = 50_000

/** The lines that are what they should be; the last may be cut off where the runner was ended. */
export function jsonLines<T extends z.ZodType>(text: string, schema: T): z.output<T>[] {
  return text
    .split('\n', mostLines)
    .filter(line => line.startsWith('{'))
    .flatMap(line => {
      const parsed = schema.safeParse(tryJson(line))
      return parsed.success ? [parsed.data] : []
    })
}

export function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
