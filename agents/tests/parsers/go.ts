/** `go test -json`: what a test printed comes before how it ended. A package that does not build fails without a test. */
import { z } from 'zod'
import type { TestCase } from '../../../domain/artifact.ts'
import type { ToldCase } from '../cases.ts'
import { jsonLines, number, type Parser } from './told.ts'

const GoLine = z.object({
  Action: z.string(),
  Package: z.string().default(''),
  Test: z.string().optional(),
  Elapsed: number,
  Output: z.string().default(''),
})
const ends: Readonly<Record<string, TestCase['status']>> = { pass: 'passed', fail: 'failed', skip: 'skipped' }
const keptOutput = 8_000

export const parseGo: Parser = text => {
  const lines = jsonLines(text, GoLine)
  if (lines.length === 0) return null
  const outputs = new Map<string, string>()
  const withTests = new Set(lines.filter(({ Test }) => Test !== undefined).map(({ Package }) => Package))
  return lines.flatMap((line): ToldCase[] => {
    const key = `${line.Package}\n${line.Test ?? ''}`
    const status = ends[line.Action]
    if (line.Action === 'output') outputs.set(key, `${outputs.get(key) ?? ''}${line.Output}`.slice(0, keptOutput))
    if (status === undefined) return []
    const isTest = line.Test !== undefined
    if (!isTest && (status !== 'failed' || withTests.has(line.Package))) return []
    const message = status === 'failed' ? (outputs.get(key) ?? '') : ''
    const [, file, place] = /([\w./-]+_test\.go):(\d+)/.exec(message) ?? []
    return [
      {
        name: line.Test ?? 'the package could not be built',
        ...{ suite: line.Package, file, line: place === undefined ? null : Number(place) },
        ...{ status, durationMs: (line.Elapsed ?? 0) * 1_000, message },
      },
    ]
  })
}
