/**
 * The kinds of artifacts and their schemas. An artifact is content-addressed: its body is a blob, this is what the body
 * must look like. Everything here comes out of a sandbox and is parsed before it is believed.
 */
import { z } from 'zod'
import { Judgement, Reasoning, ResearchNote, RunLedger } from './evidence.ts'
import { Finding, NotChecked, repositoryPath } from './finding.ts'
import { ChangeSummary, CodePatch, DesignDoc, Plan, ReviewReport, SpecDoc, TestPlan } from './work.ts'

export { Finding, NotChecked, repositoryPath, type Severity, severities } from './finding.ts'

/** What stands in a repository, as the Git agent found it. */
export const RepositorySummary = z.object({
  source: z.string(),
  commit: z.string().nullable(),
  branch: z.string().nullable(),
  commits: z.number().int().nonnegative(),
  files: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  binaryFiles: z.number().int().nonnegative(),
  languages: z.array(z.object({ language: z.string(), files: z.number().int(), lines: z.number().int() })),
  /** Commits that touched a file, for the most often touched ones. */
  churn: z.array(
    z.object({ file: repositoryPath, commits: z.number().int().positive(), lines: z.number().int().nonnegative() }),
  ),
  notChecked: z.array(NotChecked),
})
export type RepositorySummary = z.infer<typeof RepositorySummary>

/** What the surroundings of a repository need and have. */
export const EnvReport = z.object({
  toolchains: z.array(
    z.object({
      name: z.string(),
      version: z.string().nullable(),
      required: z.string().nullable(),
      ok: z.boolean(),
      mend: z.string(),
    }),
  ),
  manifests: z.array(
    z.object({ file: repositoryPath, ecosystem: z.string(), valid: z.boolean(), message: z.string() }),
  ),
  lockFiles: z.array(z.object({ file: repositoryPath, tool: z.string() })),
  dependenciesPresent: z.boolean(),
  testRunners: z.array(z.string()),
  /** Analyzers that suit what was found. */
  analyzers: z.array(z.string()),
  findings: z.array(Finding),
  notChecked: z.array(NotChecked),
})
export type EnvReport = z.infer<typeof EnvReport>

/** The result of one analyzer. `checked` is false where it could not do its work at all: then there are no findings to trust. */
export const AnalysisReport = z.object({
  analyzer: z.string(),
  title: z.string(),
  tool: z.object({ name: z.string(), version: z.string() }),
  checked: z.boolean(),
  filesExamined: z.number().int().nonnegative(),
  findings: z.array(Finding),
  /** Findings beyond the limit of a report, counted and left out. */
  omitted: z.number().int().nonnegative(),
  metrics: z.record(z.string(), z.number()),
  notChecked: z.array(NotChecked),
})
export type AnalysisReport = z.infer<typeof AnalysisReport>

export const TestCase = z.object({
  name: z.string().max(1_000),
  suite: z.string().max(1_000),
  file: repositoryPath.nullable(),
  line: z.number().int().positive().nullable(),
  status: z.enum(['passed', 'failed', 'skipped']),
  durationMs: z.number().nonnegative().nullable(),
  message: z.string().max(4_000),
})
export type TestCase = z.infer<typeof TestCase>

/** What the project's own test runner said, in its own machine-readable output. */
export const TestReport = z.object({
  runner: z.string().nullable(),
  command: z.array(z.string()),
  ran: z.boolean(),
  outcome: z.enum(['passed', 'failed', 'timed-out', 'not-run', 'unreadable']),
  passed: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  skipped: z.number().int().nonnegative(),
  durationMs: z.number().nonnegative(),
  cases: z.array(TestCase),
  omitted: z.number().int().nonnegative(),
  notChecked: z.array(NotChecked),
})
export type TestReport = z.infer<typeof TestReport>

/** A finding with where it came from and its rank: 1 is what to look at first. */
export const RankedFinding = Finding.extend({
  rank: z.number().int().positive(),
  score: z.number(),
  analyzers: z.array(z.string()),
})
export type RankedFinding = z.infer<typeof RankedFinding>

export const AuditReport = z.object({
  repository: RepositorySummary,
  summary: z.string(),
  counts: z.object({ error: z.number().int(), warning: z.number().int(), info: z.number().int() }),
  findings: z.array(RankedFinding),
  omitted: z.number().int().nonnegative(),
  tests: z.array(TestReport),
  analyses: z.array(
    z.object({ analyzer: z.string(), title: z.string(), checked: z.boolean(), findings: z.number().int() }),
  ),
  notChecked: z.array(NotChecked),
})
export type AuditReport = z.infer<typeof AuditReport>

/** Every kind of artifact, with the schema of its body; null where the body is not JSON of ours. */
export const artifactKinds = {
  RepositorySummary,
  EnvReport,
  AnalysisReport,
  TestReport,
  AuditReport,
  SpecDoc,
  Plan,
  DesignDoc,
  ChangeSummary,
  CodePatch,
  TestPlan,
  ReviewReport,
  ResearchNote,
  Reasoning,
  RunLedger,
  Judgement,
  /** SARIF 2.1.0 of one analysis. */
  Sarif: null,
  /** Readable text. */
  Markdown: null,
  /** A packed tree, for example the repository as checked out. */
  Archive: null,
  File: null,
} as const
export type ArtifactKind = keyof typeof artifactKinds
export const artifactKindNames = Object.keys(artifactKinds) as ArtifactKind[]

/** An artifact on its way out of a task. The body of a kind with a schema is parsed before it is stored. */
export type ArtifactDraft = { kind: ArtifactKind; title: string; mediaType: string; body: Uint8Array | string }
