/** How good artifacts are, by who makes them and over time; and what was sent back. */
import { mostScored, type QualityFilter, type ScoredArtifact, type SentBack } from '../../db/tenant-quality.ts'
import { toGlobalId, uuidOf } from '../../domain/ids.ts'
import { type ScoreFigures, scoreDays, scoreFigures, scoreGroups } from '../../domain/quality-figures.ts'
import { builder } from './builder.ts'
import { defaultDays, lookback } from './lookback.ts'
import { Project } from './project.ts'

type Point = Omit<ScoredArtifact, 'createdAt'> & { at: number }
type Quality = { points: readonly Point[]; complete: boolean; sentBack: readonly SentBack[] }

const FiguresRef = builder.objectRef<ScoreFigures>('ScoreFigures').implement({
  fields: t => ({
    count: t.exposeInt('count'),
    mean: t.exposeFloat('mean'),
    median: t.exposeFloat('median'),
    lowest: t.exposeFloat('lowest'),
    gated: t.exposeInt('gated', { description: 'Artifacts that had to pass a gate.' }),
    held: t.exposeInt('held', { description: 'Of these, those that did.' }),
  }),
})

const PointRef = builder.objectRef<Point>('QualityPoint').implement({
  description: 'A scored artifact. Its parts are `scoreParts` of the artifact.',
  fields: t => ({
    artifactId: t.id({ resolve: point => toGlobalId('Artifact', point.id) }),
    runId: t.id({ resolve: point => toGlobalId('Run', point.runId) }),
    seq: t.exposeInt('seq', { description: 'The event that told of it.' }),
    kind: t.exposeString('kind'),
    title: t.exposeString('title'),
    score: t.exposeFloat('score'),
    simulated: t.exposeBoolean('simulated'),
    at: t.expose('at', { type: 'DateTime' }),
    agent: t.exposeString('agent'),
    model: t.exposeString('model', {
      nullable: true,
      description: 'The model that answered last before it was there; null where none was asked.',
    }),
    gate: t.exposeFloat('gate', { nullable: true, description: 'What its step asked for; null where it did not.' }),
    project: t.field({
      type: Project,
      nullable: true,
      resolve: ({ projectId }, _, { load }) => load.project.load(projectId),
    }),
  }),
})

const SentBackRef = builder.objectRef<SentBack>('SentBack').implement({
  description: 'That a review sent work back, to be done again.',
  fields: t => ({
    runId: t.id({ resolve: one => toGlobalId('Run', one.runId) }),
    seq: t.exposeInt('seq', { description: 'The event.' }),
    at: t.expose('at', { type: 'DateTime' }),
    taskIndex: t.exposeInt('toTaskIndex', { description: 'Whose work it was.' }),
    agent: t.exposeString('agent', { description: 'Who had done it.' }),
    judge: t.exposeString('judge', { description: 'Who found fault.' }),
    round: t.exposeInt('round', { description: '1 for the first time.' }),
    reason: t.exposeString('reason'),
    findings: t.int({
      nullable: true,
      description: 'How many were found; null where the judge keeps no list of them in its result.',
      resolve: ({ findings }) => (Array.isArray(findings) ? findings.length : null),
    }),
  }),
})

const groupings = ['KIND', 'AGENT', 'MODEL', 'PROJECT'] as const
const Grouping = builder.enumType('QualityGrouping', { values: groupings })
const nameOf: Readonly<Record<(typeof groupings)[number], (point: Point) => string>> = {
  KIND: point => point.kind,
  AGENT: point => point.agent,
  MODEL: point => point.model ?? '',
  PROJECT: point => toGlobalId('Project', point.projectId),
}

const GroupRef = builder.objectRef<{ name: string; figures: ScoreFigures }>('QualityGroup').implement({
  fields: t => ({
    name: t.exposeString('name', {
      description: 'Of the kind, agent or model, empty where no model was asked; or the id of the project.',
    }),
    figures: t.expose('figures', { type: FiguresRef }),
  }),
})

const DayRef = builder.objectRef<{ at: number; figures: ScoreFigures }>('QualityDay').implement({
  fields: t => ({
    at: t.expose('at', { type: 'DateTime', description: 'When the day began, in UTC.' }),
    figures: t.expose('figures', { type: FiguresRef }),
  }),
})

const QualityRef = builder.objectRef<Quality>('Quality').implement({
  description: 'Everything here is counted from `points`.',
  fields: t => ({
    complete: t.exposeBoolean('complete', {
      description: `false: there were more artifacts than the newest ${mostScored.toLocaleString('en')}, which are looked at.`,
    }),
    figures: t.field({
      type: FiguresRef,
      nullable: true,
      description: 'Null where nothing was scored.',
      resolve: ({ points }) => scoreFigures(points),
    }),
    points: t.field({ type: [PointRef], description: 'Newest first.', resolve: ({ points }) => [...points] }),
    groups: t.field({
      type: [GroupRef],
      description: 'The largest first.',
      args: { by: t.arg({ type: Grouping, required: true }) },
      resolve: ({ points }, { by }) => scoreGroups(points, nameOf[by]),
    }),
    days: t.field({ type: [DayRef], description: 'Oldest first.', resolve: ({ points }) => scoreDays(points) }),
    sentBack: t.field({
      type: [SentBackRef],
      description: 'Newest first, at most 500; of the project and the agent that are asked for.',
      resolve: ({ sentBack }) => [...sentBack],
    }),
  }),
})

const Filter = builder.inputType('QualityFilter', {
  description: 'All conditions that are given must hold.',
  fields: t => ({
    days: t.int({ defaultValue: defaultDays, required: true, description: 'How far to look back: 1 … 366.' }),
    projectId: t.id(),
    kind: t.string(),
    agent: t.string(),
    model: t.string({ description: 'As provider/name.' }),
  }),
})

builder.queryField('quality', t =>
  t.field({
    type: QualityRef,
    args: { filter: t.arg({ type: Filter }) },
    resolve: async (_, { filter }, { reads, services }) => {
      const { days, now } = lookback(filter?.days ?? defaultDays, services.now())
      const wanted: QualityFilter = {
        since: new Date(now - days * 86_400_000),
        projectId: filter?.projectId ? uuidOf('Project', filter.projectId) : null,
        kind: filter?.kind ?? null,
        agent: filter?.agent ?? null,
        model: filter?.model ?? null,
      }
      const [scored, sentBack] = await Promise.all([reads.quality.scored(wanted), reads.quality.sentBack(wanted)])
      const points = scored.slice(0, mostScored).map(({ createdAt, ...rest }) => ({ ...rest, at: createdAt.getTime() }))
      return { points, complete: scored.length <= mostScored, sentBack }
    },
  }),
)
