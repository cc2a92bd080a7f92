import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { AnalysisReport } from '../../domain/artifact.ts'
import { toSarif } from './sarif.ts'

/** The essentials of SARIF 2.1.0: what must be there, and the values that are allowed. */
const line = z.number().int().min(1)
const Location = z.object({
  id: z.number().int().optional(),
  physicalLocation: z.object({
    artifactLocation: z.strictObject({
      // A relative URI reference: no scheme, no absolute path, no blank.
      uri: z.string().regex(/^(?![a-z][a-z0-9+.-]*:)[^/\s\\][^\s\\]*$/i),
      uriBaseId: z.string(),
    }),
    region: z.strictObject({ startLine: line, startColumn: line.optional(), endLine: line.optional() }).optional(),
  }),
})
const Message = z.strictObject({ text: z.string().min(1) })
const Level = z.enum(['none', 'note', 'warning', 'error'])
const Sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.object({
        tool: z.object({
          driver: z.object({
            name: z.string().min(1),
            version: z.string(),
            rules: z.array(z.object({ id: z.string().min(1) })),
          }),
        }),
        columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
        invocations: z.array(
          z.object({
            executionSuccessful: z.boolean(),
            toolExecutionNotifications: z.array(z.object({ level: Level, message: Message })),
          }),
        ),
        results: z.array(
          z.strictObject({
            ruleId: z.string().min(1),
            ruleIndex: z.number().int().min(0),
            level: Level,
            message: Message,
            locations: z.array(Location).max(1),
            relatedLocations: z.array(Location),
          }),
        ),
      }),
    )
    .length(1),
})

const report: AnalysisReport = {
  ...{
    analyzer: 'lint',
    title: 'Lint',
    tool: { name: 'ESLint', version: '10.0.0' },
    checked: true,
    filesExamined: 3,
    omitted: 0,
    metrics: {},
  },
  findings: [
    {
      rule: 'eqeqeq',
      message: 'Expected ===',
      severity: 'warning',
      file: 'src/with space & ümlaut#.ts',
      line: 3,
      column: 7,
      endLine: 3,
      related: [{ file: 'b.ts', line: null }],
    },
    {
      rule: 'no-undef',
      message: 'x is not defined',
      severity: 'error',
      file: 'a.js',
      line: 1,
      column: null,
      endLine: null,
      related: [],
    },
    {
      rule: 'eqeqeq',
      message: 'Expected ===',
      severity: 'info',
      file: 'a.js',
      line: null,
      column: 4,
      endLine: 2,
      related: [],
    },
    {
      rule: 'whole',
      message: 'of the repository',
      severity: 'info',
      file: null,
      line: null,
      column: null,
      endLine: null,
      related: [],
    },
  ],
  notChecked: [{ what: 'b.vue', why: 'it is not read', mend: '' }],
}

describe('an analysis in SARIF', () => {
  it('has what SARIF 2.1.0 asks for', () => {
    expect(() => Sarif.parse(toSarif(report, '0a1b2c'))).not.toThrow()
    expect(() => Sarif.parse(toSarif({ ...report, tool: { name: '', version: '' }, findings: [] }, null))).not.toThrow()
  })

  it('points each result to its rule', () => {
    const { tool, results } = Sarif.parse(toSarif(report, null)).runs[0] ?? { tool: null, results: [] }
    for (const { ruleId, ruleIndex } of results) expect(tool?.driver.rules[ruleIndex]?.id).toBe(ruleId)
    expect(results.map(({ level }) => level)).toEqual(['warning', 'error', 'note', 'note'])
  })

  it('escapes names of files as URIs', () => {
    const [result] = Sarif.parse(toSarif(report, null)).runs[0]?.results ?? []
    expect(result?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(
      'src/with%20space%20%26%20%C3%BCmlaut%23.ts',
    )
  })

  it('never has an end before its beginning', () => {
    const [first] = report.findings
    const odd = { ...report, findings: [{ ...first, line: 9, endLine: 3 } as AnalysisReport['findings'][number]] }
    expect(Sarif.parse(toSarif(odd, null)).runs[0]?.results[0]?.locations[0]?.physicalLocation.region).toEqual({
      startLine: 9,
      startColumn: 7,
    })
  })
})
