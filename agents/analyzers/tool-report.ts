/**
 * What a program under `agents/inside` prints: parsed before it is believed, because it was made of a repository that
 * nobody has vouched for. One fault of form costs one finding, not the report.
 */
import { z } from 'zod'
import { type AnalysisReport, type Finding, repositoryPath, severities } from '../../domain/artifact.ts'
import { cleanText } from '../../domain/run/clean.ts'
import { parseJson } from '../sandboxed/parse-json.ts'

/** Findings that a report keeps. */
export const mostFindings = 1_000

const text = (most: number) => z.string().transform(value => cut(cleanText(value), most))
const place = z
  .number()
  .int()
  .positive()
  .nullish()
  .transform(value => value ?? null)

/** A path as the repository has it; a name that could lie on a screen is no name to show. */
const Path = z
  .string()
  .transform(path => path.replace(/^(\.\/)+/, ''))
  .pipe(repositoryPath.min(1).refine(path => cleanText(path) === path && !path.includes('\n')))

const RawFinding = z.object({
  rule: text(200),
  message: text(2_000),
  severity: z.enum(severities),
  file: Path.nullable(),
  line: place,
  column: place,
  endLine: place,
  related: z
    .array(z.object({ file: Path, line: place }))
    .max(50)
    .default([]),
})

const RawNotChecked = z.object({ what: text(300), why: text(1_000), mend: text(1_000) })

const RawReport = z.object({
  tool: z.object({ name: text(200), version: text(100) }),
  checked: z.boolean(),
  filesExamined: z.number().int().nonnegative(),
  findings: z.array(z.unknown()),
  omitted: z.number().int().nonnegative(),
  metrics: z.record(z.string().max(4_096), z.number()),
  notChecked: z.array(RawNotChecked).max(500),
})

/** The report in what a program printed; null where it is none. */
export function parseToolReport(analyzer: string, title: string, stdout: Uint8Array): AnalysisReport | null {
  const parsed = RawReport.safeParse(parseJson(stdout))
  if (!parsed.success) return null
  const { findings, notChecked, ...rest } = parsed.data
  const kept = findings.slice(0, mostFindings).map(finding => RawFinding.safeParse(finding))
  const good = kept.flatMap(finding => (finding.success ? [finding.data satisfies Finding] : []))
  const dropped = kept.length - good.length
  return {
    analyzer,
    title,
    ...rest,
    findings: good,
    omitted: rest.omitted + Math.max(0, findings.length - mostFindings),
    notChecked: dropped === 0 ? notChecked : [...notChecked, unusable(dropped)],
  }
}

const cut = (value: string, most: number): string => (value.length <= most ? value : `${value.slice(0, most - 1)}…`)

const unusable = (count: number) => ({
  what: `${count} findings`,
  why: 'the names of their files lead out of the repository or hold control characters',
  mend: 'Give the files ordinary names.',
})
