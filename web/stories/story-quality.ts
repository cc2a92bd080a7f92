/** Scores of the stories. */
import { ago, type OfRun } from './ago.ts'

const kinds = ['CodePatch', 'ReviewReport', 'Plan', 'SpecDoc', 'TestReport']
const makers = ['code-generator', 'reviewer', 'project-manager', 'spec-writer', 'code.tests']

/** The same scores whenever one looks. */
const points = ({ runId }: OfRun) =>
  Array.from({ length: 140 }, (_, place) => {
    const kind = (place * 7 + (place % 3)) % kinds.length
    const wave = Math.sin(place / 9) * 0.14 + Math.cos(place * 2.3) * 0.09
    const score = Math.round(Math.min(1, Math.max(0.05, 0.74 + wave + kind * 0.03)) * 1_000) / 1_000
    return {
      __typename: 'QualityPoint',
      artifactId: `art_01990000000070008000000000000${String(place).padStart(3, '0')}`,
      runId,
      seq: place + 1,
      kind: kinds[kind] ?? '',
      title: `${kinds[kind]} of run ${140 - place}`,
      score,
      simulated: place % 11 === 0,
      at: ago(place * 290 + 12),
      agent: makers[kind] ?? '',
      model: kind === 4 ? null : place % 4 === 0 ? 'anthropic/claude-haiku-4-5' : 'anthropic/claude-opus-4-8',
      gate: kind === 0 ? 0.6 : null,
      project: { __typename: 'Project', id: 'prj_0199000000007000800000000000000bb', name: 'orders-service' },
    }
  })

type Point = ReturnType<typeof points>[number]
const figuresOf = (some: readonly Point[]) => {
  const scores = some.map(({ score }) => score).sort((a, b) => a - b)
  const gated = some.filter(({ gate }) => gate !== null)
  return {
    __typename: 'ScoreFigures',
    count: scores.length,
    mean: scores.reduce((sum, one) => sum + one, 0) / scores.length,
    median: scores[Math.floor(scores.length / 2)] ?? 0,
    lowest: scores[0] ?? 0,
    gated: gated.length,
    held: gated.filter(({ gate, score }) => score >= (gate ?? 0)).length,
  }
}
const grouped = (some: readonly Point[], nameOf: (point: Point) => string) =>
  [...new Set(some.map(nameOf))].map(name => ({
    __typename: 'QualityGroup',
    name,
    figures: figuresOf(some.filter(point => nameOf(point) === name)),
  }))

export function qualityAnswer(filter: Readonly<Record<string, unknown>>, empty: boolean, run: OfRun) {
  const some = points(run).filter(
    ({ kind, agent, model: by }) =>
      !empty &&
      (filter.kind == null || kind === filter.kind) &&
      (filter.agent == null || agent === filter.agent) &&
      (filter.model == null || by === filter.model),
  )
  const sentBack = (place: number, round: number, findings: number | null) => ({
    __typename: 'SentBack',
    runId: run.runId,
    seq: 50 + place,
    at: ago(place * 700 + 30),
    taskIndex: 3,
    agent: 'code-generator',
    judge: place === 1 ? 'code.tests' : 'reviewer',
    round,
    reason: place === 1 ? 'Tests sent it back' : 'Review sent it back',
    findings,
  })
  return {
    quality: {
      __typename: 'Quality',
      complete: true,
      figures: some.length === 0 ? null : figuresOf(some),
      points: some,
      days: grouped(some, ({ at }) => `${at.slice(0, 10)}T00:00:00.000Z`)
        .map(({ name, figures }) => ({ __typename: 'QualityDay', at: name, figures }))
        .sort((a, b) => (a.at < b.at ? -1 : 1)),
      kinds: grouped(some, ({ kind }) => kind),
      agents: grouped(some, ({ agent }) => agent),
      models: grouped(some, ({ model: by }) => by ?? ''),
      projects: grouped(some, ({ project }) => project.id),
      sentBack: some.length === 0 ? [] : [sentBack(0, 1, 3), sentBack(1, 1, null), sentBack(2, 2, 1)],
    },
  }
}

export const scorePartsAnswer = (id: string) => ({
  node: {
    __typename: 'Artifact',
    id,
    scoreParts: [
      { name: 'tests', value: 1, weight: 2, why: '2 of 5 files are tests' },
      { name: 'tests kept', value: 0, weight: 3, why: '1 tests were deleted or made shorter' },
      { name: 'size', value: 0.62, weight: 1, why: '641 lines, of which a reviewer reads about 400 well' },
    ],
  },
})
