import { describe, expect, it } from 'vitest'
import { mostFindings, parseToolReport } from './tool-report.ts'

const finding = { rule: 'r', message: 'm', severity: 'error', file: 'a.js', line: 1, column: 2, endLine: 1 }
const report = {
  tool: { name: 't', version: '1' },
  checked: true,
  filesExamined: 1,
  findings: [finding],
  omitted: 0,
  metrics: {},
  notChecked: [],
}
const parse = (value: unknown) =>
  parseToolReport('lint', 'Lint', new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)))
const withFinding = (change: object) => parse({ ...report, findings: [{ ...finding, ...change }] })

describe('what a tool printed', () => {
  it('becomes a report', () => {
    expect(parse(report)).toEqual({
      analyzer: 'lint',
      title: 'Lint',
      ...report,
      findings: [{ ...finding, related: [] }],
    })
  })

  it.each(['', 'null', '[]', '{"findings":[]}', '{"tool":1}', 'x'.repeat(100)])('%j is none', text =>
    expect(parse(text)).toBeNull(),
  )

  it.each(['/etc/passwd', '../x', 'a/../../x', 'a\0b', 'a\nb', 'a\u202Eb', '', '\u001b[2J'])(
    'the file %j is dropped, and that is said',
    file => {
      const parsed = withFinding({ file })
      expect(parsed?.findings).toEqual([])
      expect(parsed?.notChecked[0]?.what).toBe('1 findings')
    },
  )

  it('drops a finding whose related places lead out', () => {
    expect(withFinding({ related: [{ file: '../../x', line: 1 }] })?.findings).toEqual([])
  })

  it('normalises what only looks odd', () => {
    expect(withFinding({ file: './src/a.js', column: null, endLine: undefined })?.findings[0]).toMatchObject({
      file: 'src/a.js',
      column: null,
      endLine: null,
    })
  })

  it.each([0, -1, 1.5, '1'])('the line %j costs the finding, not the report', line => {
    expect(withFinding({ line })?.findings.length).toBe(0)
  })

  it('strips what could rewrite a screen, and cuts', () => {
    const parsed = withFinding({ message: `\u001b[31m${'x'.repeat(5_000)}\u202E`, rule: 'r'.repeat(500) })
    expect(parsed?.findings[0]?.message).toMatch(/^\[31mx{1900,}…$/)
    expect(parsed?.findings[0]?.message).toHaveLength(2_000)
    expect(parsed?.findings[0]?.rule).toHaveLength(200)
  })

  it('keeps so many findings and counts the rest', () => {
    const parsed = parse({ ...report, findings: Array.from({ length: mostFindings + 7 }, () => finding), omitted: 3 })
    expect(parsed?.findings).toHaveLength(mostFindings)
    expect(parsed?.omitted).toBe(10)
  })
})
