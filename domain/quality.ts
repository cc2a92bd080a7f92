/**
 * How good an artifact is, as far as arithmetic can tell: a score from 0 to 1 with the parts that it is made of. It weighs
 * what was said against what was shown; that a text is right it cannot know, which is what reviews are for.
 */
import type { ArtifactKind, TestReport } from './artifact.ts'
import type { Judgement, Reasoning, ResearchNote } from './evidence.ts'
import type { ChangeSummary, CodePatch, DesignDoc, Plan, ReviewReport, SpecDoc, TestPlan } from './work.ts'

/** One part: its value from 0 to 1, what it weighs beside the others, and why it is what it is. */
export type ScorePart = { name: string; value: number; weight: number; why: string }
export type Score = { score: number; parts: readonly ScorePart[] }

/** `body` is a parsed artifact of the kind. null for kinds that are not scored: what tools measured has no opinion in it. */
export function scoreOf(kind: ArtifactKind, body: unknown): Score | null {
  const parts = partsOf[kind]
  return parts === undefined ? null : weigh(parts(body))
}

/** The weighted mean, to three places; parts of weight 0 are shown and count for nothing. */
export function weigh(parts: readonly ScorePart[]): Score {
  const whole = parts.reduce((sum, { weight }) => sum + weight, 0)
  const sum = parts.reduce((total, { value, weight }) => total + value * weight, 0)
  return { score: whole === 0 ? 0 : Math.round((sum / whole) * 1_000) / 1_000, parts }
}

/** The share of `those` in `all`; 1 where there is none of either. */
const share = (those: number, all: number): number => (all === 0 ? 1 : Math.min(1, those / all))
const part = (name: string, weight: number, value: number, why: string): ScorePart => ({ name, weight, value, why })
const present = (name: string, weight: number, there: boolean, what: string): ScorePart =>
  part(name, weight, there ? 1 : 0, there ? `it names ${what}` : `it names no ${what}`)

/** A parsed body is of its kind: the one cast of this file stands here. */
const scoring =
  <T>(parts: (body: T) => readonly ScorePart[]) =>
  (body: unknown): readonly ScorePart[] =>
    parts(body as T)

const partsOf: Partial<Record<ArtifactKind, (body: unknown) => readonly ScorePart[]>> = {
  SpecDoc: scoring<SpecDoc>(spec => {
    const tested = spec.requirements.filter(({ acceptance }) => acceptance.length > 0).length
    return [
      part(
        'acceptance',
        3,
        share(tested, spec.requirements.length),
        `${tested} of ${spec.requirements.length} requirements say how they are checked`,
      ),
      present('scope', 1, spec.outOfScope.length > 0, 'limits of its scope'),
      present(
        'assumptions',
        1,
        spec.assumptions.length + spec.openQuestions.length > 0,
        'assumptions or open questions',
      ),
    ]
  }),

  Plan: scoring<Plan>(plan => {
    const tested = plan.steps.filter(({ acceptance }) => acceptance.length > 0).length
    const placed = plan.steps.filter(({ files }) => files.length > 0).length
    return [
      part(
        'acceptance',
        3,
        share(tested, plan.steps.length),
        `${tested} of ${plan.steps.length} steps say when they are done`,
      ),
      part('places', 2, share(placed, plan.steps.length), `${placed} of ${plan.steps.length} steps name files`),
      present('risks', 1, plan.risks.length > 0, 'risks'),
    ]
  }),

  DesignDoc: scoring<DesignDoc>(design => {
    const weighed = design.decisions.filter(({ alternatives }) => alternatives.length > 0).length
    return [
      part(
        'alternatives',
        2,
        share(weighed, design.decisions.length),
        `${weighed} of ${design.decisions.length} decisions weigh an alternative`,
      ),
      present('components', 1, design.components.length > 0, 'components'),
      present('interfaces', 1, design.interfaces !== '', 'interfaces'),
    ]
  }),

  ChangeSummary: scoring<ChangeSummary>(change => {
    const claims = change.verified.length + change.notVerified.length
    return [
      part(
        'verified',
        3,
        share(change.verified.length, claims || 1),
        `${change.verified.length} of ${claims} claims were verified`,
      ),
      present('tests', 2, change.testsAdded.length > 0, 'tests that were added'),
      present('changes', 1, change.changes.length > 0, 'files that changed'),
    ]
  }),

  CodePatch: scoring<CodePatch>(patch => {
    const tests = patch.files.filter(({ path }) => isTest(path))
    const lost = tests.filter(({ status, added, removed }) => status === 'deleted' || (removed ?? 0) > (added ?? 0))
    const size = patch.added + patch.removed
    return [
      part('tests', 2, tests.length > 0 ? 1 : 0, `${tests.length} of ${patch.files.length} files are tests`),
      part('tests kept', 3, lost.length === 0 ? 1 : 0, `${lost.length} tests were deleted or made shorter`),
      part(
        'size',
        1,
        size === 0 ? 0 : Math.min(1, 400 / size),
        `${size} lines, of which a reviewer reads about 400 well`,
      ),
    ]
  }),

  TestReport: scoring<TestReport>(({ ran, outcome, passed, failed, skipped }) => [
    part('ran', 1, ran ? 1 : 0, `outcome ${outcome}`),
    part(
      'passed',
      3,
      ran && passed + failed > 0 ? share(passed, passed + failed) : 0,
      `${passed} passed, ${failed} failed`,
    ),
    part('not skipped', 1, ran ? share(passed + failed, passed + failed + skipped) : 0, `${skipped} skipped`),
  ]),

  TestPlan: scoring<TestPlan>(({ cases, notCovered }) => {
    const written = cases.filter(({ status }) => status === 'written').length
    const run = cases.filter(({ outcome }) => outcome !== 'not-run').length
    return [
      part('written', 2, share(written, cases.length), `${written} of ${cases.length} cases are written`),
      part('run', 2, share(run, cases.length), `${run} of ${cases.length} cases were run`),
      present('limits', 1, notCovered.length > 0, 'what is not covered'),
    ]
  }),

  ReviewReport: scoring<ReviewReport>(({ findings, checked, notChecked }) => {
    const placed = findings.filter(({ file, line }) => file !== null && line !== null).length
    return [
      part('places', 3, share(placed, findings.length), `${placed} of ${findings.length} findings name file and line`),
      present('checked', 2, checked.length > 0, 'what was looked at'),
      present('not checked', 1, notChecked.length > 0, 'what was not looked at'),
    ]
  }),

  ResearchNote: scoring<ResearchNote>(({ claims, notFound }) => {
    const backed = claims.filter(({ hash }) => hash !== null).length
    const hosts = new Set(claims.map(({ url }) => new URL(url).host)).size
    return [
      part(
        'sources',
        4,
        claims.length === 0 ? 0 : share(backed, claims.length),
        `${backed} of ${claims.length} claims rest on a fetched text`,
      ),
      part('independence', 1, Math.min(1, hosts / 2), `${hosts} hosts`),
      present('limits', 1, notFound.length > 0, 'what was not found'),
    ]
  }),

  Reasoning: scoring<Reasoning>(({ plan, checks }) => {
    const met = checks.filter(({ outcome }) => outcome === 'met').length
    return [
      present('plan', 1, plan.length > 0, 'steps of a plan'),
      part(
        'checks',
        2,
        checks.length === 0 ? 0 : share(met, checks.length),
        `${met} of ${checks.length} checks were met`,
      ),
    ]
  }),

  Judgement: scoring<Judgement>(({ agreement, votes }) => [
    part(
      'agreement',
      2,
      agreement ?? 0,
      agreement === null ? 'no judge had a preference' : `${Math.round(agreement * 100)} % agree`,
    ),
    part(
      'steadiness',
      1,
      share(votes.filter(({ prefers }) => prefers !== null).length, votes.length),
      'votes that both orders of the candidates led to',
    ),
  ]),
}

/** Whether a path is that of a test, by the habits of the common languages. */
export const isTest = (path: string): boolean =>
  /(^|\/)(tests?|__tests__|spec)\//.test(path) ||
  /(^|\/)(test_[^/]*\.py|[^/]*_test\.(py|go)|[^/]*\.(test|spec)\.[cm]?[jt]sx?)$/.test(path)
