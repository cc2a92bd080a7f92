/**
 * What a team of agents hands from one to the next. A model fills most of these in: their descriptions are what it is
 * told about each field, what it need not say has a default, and what would contradict itself is refused with the reason.
 */
import { z } from 'zod'
import { repositoryPath, severities } from './finding.ts'
import { findCycle } from './run/plan.ts'

const line = z.string().trim().min(1).max(500)
const text = z.string().trim().min(1).max(8_000)
const lines = z.array(line).max(100)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is not a sha256')
const commitId = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, 'is not the id of a commit')
const key = z.string().regex(/^[a-z][a-z0-9-]{0,60}$/, 'is not a key such as parse-input (lower case, digits, hyphens)')
/** Set by whoever runs the model, whatever the model says: true where no real model made it. */
const simulated = z.boolean().default(false).describe('Leave this out.')
/** Set by whoever runs the model: true where it had read what strangers wrote, so that its words may be theirs. */
const tainted = z.literal(true).optional().describe('Leave this out.')

export const SpecDoc = z.object({
  summary: text.describe('What is wanted and why, in a few sentences.'),
  requirements: z
    .array(
      z.object({
        key,
        text,
        acceptance: lines.min(1).describe('What can be observed when it is met; each checkable by a test.'),
      }),
    )
    .min(1)
    .max(50),
  outOfScope: lines.default([]),
  assumptions: lines.default([]).describe('What the objective left open, and what you took it to mean.'),
  openQuestions: lines.default([]),
  simulated,
  tainted,
})
export type SpecDoc = z.infer<typeof SpecDoc>

/** Roles that a plan may give steps to: those that change the tree. A model writes the plan, so they are named here. */
export const plannedRoles = ['code-generator', 'ui-designer', 'test-writer', 'debugger'] as const

export const PlanStep = z.object({
  key,
  title: line,
  agent: z.enum(plannedRoles).default('code-generator').describe('The role that does it.'),
  needs: z.array(key).max(50).default([]).describe('Keys of the steps that must be merged before this one begins.'),
  goal: text.describe(
    'What to change and where. Whoever does it sees this, the repository, and nothing else of the plan.',
  ),
  acceptance: lines.min(1).describe('What can be observed when it is done.'),
  consensus: z
    .number()
    .int()
    .min(2)
    .max(5)
    .optional()
    .describe(
      'Leave it out, unless the step is easy to get wrong and worth several times its cost: then so many do it independently, and the best is kept.',
    ),
  files: z.array(repositoryPath).max(50).default([]).describe('Files that it will probably touch.'),
})
export type PlanStep = z.infer<typeof PlanStep>

export const Plan = z
  .object({
    summary: text,
    steps: z.array(PlanStep).min(1).max(30),
    risks: lines.default([]),
    notPlanned: lines.default([]).describe('What the objective could be taken to ask for and this plan leaves out.'),
    simulated,
    tainted,
  })
  .superRefine(({ steps }, context) => {
    const keys = steps.map(step => step.key)
    const fault = (index: number, field: string, message: string) =>
      context.addIssue({ code: 'custom', path: ['steps', index, field], message })
    steps.forEach((step, index) => {
      if (keys.indexOf(step.key) !== index) fault(index, 'key', `${step.key} stands twice`)
      for (const need of step.needs) if (!keys.includes(need)) fault(index, 'needs', `there is no step ${need}`)
    })
    const cycle = findCycle(steps.map(step => step.needs.map(need => keys.indexOf(need)).filter(at => at >= 0)))
    if (cycle !== null) fault(cycle[0] ?? 0, 'needs', `a cycle: ${cycle.map(at => keys[at]).join(' → ')}`)
  })
export type Plan = z.infer<typeof Plan>

export const DesignDoc = z.object({
  summary: text,
  decisions: z
    .array(z.object({ title: line, choice: text, why: text, alternatives: lines.default([]) }))
    .min(1)
    .max(30),
  components: z
    .array(z.object({ name: line, responsibility: text, files: z.array(repositoryPath).max(50).default([]) }))
    .max(50)
    .default([]),
  interfaces: z
    .string()
    .max(20_000)
    .default('')
    .describe('Signatures, types, routes or markup that others build against.'),
  risks: lines.default([]),
  simulated,
  tainted,
})
export type DesignDoc = z.infer<typeof DesignDoc>

/** What somebody who changed the code says about it. What really changed is in the CodePatch. */
export const ChangeSummary = z.object({
  summary: text.describe('What changed and why, in a few sentences: the body of the commit.'),
  changes: z
    .array(z.object({ file: repositoryPath, what: line }))
    .max(200)
    .default([]),
  verified: z
    .array(z.object({ what: line, how: line.describe('The command that you ran, or what you read.') }))
    .max(50)
    .default([])
    .describe('Only what you saw with your own tools in this task.'),
  notVerified: lines
    .default([])
    .describe('What you believe and did not see. An honest list is worth more than an empty one.'),
  testsAdded: lines.default([]),
  simulated,
  tainted,
})
export type ChangeSummary = z.infer<typeof ChangeSummary>

export const fileStatuses = ['added', 'modified', 'deleted', 'renamed', 'mode'] as const
export const PatchFile = z.object({
  path: repositoryPath,
  from: repositoryPath.nullable().default(null),
  status: z.enum(fileStatuses),
  /** Lines; null for what is not text. */
  added: z.number().int().nonnegative().nullable(),
  removed: z.number().int().nonnegative().nullable(),
})
export type PatchFile = z.infer<typeof PatchFile>

/** Made by Orrery from the commits themselves, never by a model. */
export const CodePatch = z.object({
  /** The commit that it applies to; of the user's repository where it is known there. */
  base: commitId,
  commit: commitId,
  /** Where it was published; null where it was not. */
  branch: z.string().max(200).nullable(),
  /** The commit on that branch. */
  published: commitId.nullable().default(null),
  files: z.array(PatchFile).max(5_000),
  added: z.number().int().nonnegative(),
  removed: z.number().int().nonnegative(),
  commits: z.array(z.object({ commit: commitId, message: z.string().max(8_000) })).max(500),
  /** The unified diff as a blob, and its text where it is short enough to be read here. */
  diff: z.object({ hash: sha256, bytes: z.number().int().nonnegative(), text: z.string().nullable() }),
  simulated: z.boolean(),
})
export type CodePatch = z.infer<typeof CodePatch>

export const TestPlan = z.object({
  summary: text,
  cases: z
    .array(
      z.object({
        name: line,
        file: repositoryPath.nullable().default(null),
        expected: line.describe('What the test asserts.'),
        status: z.enum(['written', 'planned']).default('written'),
        outcome: z.enum(['passes', 'fails', 'not-run']).default('not-run').describe('What you saw when you ran it.'),
      }),
    )
    .min(1)
    .max(200),
  reproduces: z
    .object({ test: line, failure: text.describe('The message with which it fails today, as the runner prints it.') })
    .nullable()
    .default(null)
    .describe('The test that fails because of the reported fault; null where none was asked for.'),
  notCovered: lines.default([]),
  simulated,
  tainted,
})
export type TestPlan = z.infer<typeof TestPlan>

export const ReviewFinding = z.object({
  severity: z.enum(severities).describe('error: must be mended before the merge; warning: should be; info: may be.'),
  file: repositoryPath.nullable().default(null),
  line: z.number().int().positive().nullable().default(null).describe('In the file as it stands after the change.'),
  problem: text.describe('What goes wrong, with which input.'),
  suggestion: z.string().max(4_000).default(''),
})
export type ReviewFinding = z.infer<typeof ReviewFinding>

export const verdicts = ['approve', 'changes'] as const
export const ReviewReport = z
  .object({
    verdict: z.enum(verdicts),
    summary: text,
    findings: z.array(ReviewFinding).max(100).default([]),
    checked: lines.default([]).describe('What you looked at or ran, and what you saw.'),
    notChecked: lines.default([]),
    simulated,
    tainted,
  })
  .superRefine(({ verdict, findings }, context) => {
    const errors = findings.filter(({ severity }) => severity === 'error')
    const fault = (message: string, ...path: (string | number)[]) => context.addIssue({ code: 'custom', path, message })
    if (verdict === 'changes' && findings.length === 0)
      fault('a change is asked for and no finding says which: name at least one', 'findings')
    if (verdict === 'approve' && errors.length > 0)
      fault('an approval cannot hold a finding of severity error: lower it or ask for changes', 'verdict')
    findings.forEach(({ severity, file }, index) => {
      if (severity === 'error' && file === null) fault('an error names its file', 'findings', index, 'file')
    })
  })
export type ReviewReport = z.infer<typeof ReviewReport>
