/** Models, quality and health of the stories. */
import type { Json } from '../../domain/json.ts'

type Run = { runId: string }
const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()

const model = (id: string, more: { [key: string]: Json }) => ({
  __typename: 'Model',
  id,
  name: id.replace(/^[^/]*\//, ''),
  source: 'BUILT_IN',
  contextTokens: 200_000,
  inputPrice: 3_000_000,
  outputPrice: 15_000_000,
  status: 'READY',
  breaker: 'CLOSED',
  retryAt: null,
  inFlight: 0,
  maxConcurrent: 8,
  queued: 0,
  latencySeconds: 12.4,
  lastError: null,
  ...more,
})
const provider = (name: string, more: { [key: string]: Json }, models: readonly object[]) => ({
  __typename: 'Provider',
  name,
  protocol: name,
  simulated: false,
  source: 'BUILT_IN',
  keyVariable: `${name.toUpperCase()}_API_KEY`,
  baseUrl: null,
  status: 'READY',
  breaker: 'CLOSED',
  retryAt: null,
  inFlight: 0,
  maxConcurrent: 32,
  queued: 0,
  lastError: null,
  ...more,
  models,
})

export const providersChanged = () => [
  provider('anthropic', { inFlight: 9, queued: 1 }, [
    model('anthropic/claude-opus-4-8', { inFlight: 8, queued: 1, inputPrice: 5_000_000, outputPrice: 25_000_000 }),
    model('anthropic/claude-haiku-4-5', { inFlight: 1, inputPrice: 1_000_000, outputPrice: 5_000_000 }),
  ]),
  provider(
    'openai',
    { breaker: 'OPEN', status: 'FAILING', retryAt: ago(-0.6), lastError: 'The provider is overloaded (503).' },
    [model('openai/gpt-5', { breaker: 'HALF_OPEN', status: 'PROBING' })],
  ),
  provider('google', { status: 'NOT_SET_UP', keyVariable: 'GEMINI_API_KEY', protocol: 'gemini' }, [
    model('google/gemini-3-pro', {}),
  ]),
  provider(
    'workshop',
    {
      protocol: 'openai-chat',
      source: 'FILE',
      keyVariable: null,
      baseUrl: 'http://127.0.0.1:11434/v1',
      maxConcurrent: 2,
      inFlight: 2,
    },
    [model('workshop/qwen3-coder', { source: 'FILE', inputPrice: 0, outputPrice: 0, maxConcurrent: 2, inFlight: 2 })],
  ),
  provider('simulated', { simulated: true, keyVariable: null, protocol: 'simulated' }, [
    model('simulated/steady', { inputPrice: 0, outputPrice: 0 }),
  ]),
]

const usage = (more: { [key: string]: Json }) => ({
  __typename: 'ModelUsage',
  calls: 214,
  spent: 18_402_000,
  reserved: 0,
  unknown: 0,
  inputTokens: 4_120_338,
  cacheReadTokens: 3_002_114,
  outputTokens: 204_118,
  finished: 212,
  p50Ms: 8_400,
  p95Ms: 31_000,
  p99Ms: 62_000,
  ...more,
})

export const modelFiguresAnswer = ({ runId }: Run) => ({
  missingModel: null,
  providers: providersChanged().map(({ name, models }) => ({
    __typename: 'Provider',
    name,
    models: (models as { id: string }[]).map(({ id }) => ({
      __typename: 'Model',
      id,
      usage: id.includes('opus')
        ? usage({ reserved: 120_000 })
        : id.includes('haiku')
          ? usage({ calls: 1_061, spent: 2_110_000, p50Ms: 2_100, p95Ms: 6_400, p99Ms: 9_900 })
          : id.includes('gpt')
            ? usage({ calls: 40, spent: 4_020_000, unknown: 2 })
            : null,
      failuresByKind: id.includes('gpt')
        ? [
            { __typename: 'ModelFailures', reason: 'OVERLOADED', count: 14, runId, seq: 31, at: ago(3) },
            { __typename: 'ModelFailures', reason: 'RATE_LIMITED', count: 3, runId, seq: 12, at: ago(300) },
          ]
        : [],
    })),
  })),
})

const candidate = (name: string, more: { [key: string]: Json }) => ({
  __typename: 'ModelCandidate',
  model: name,
  quality: 0.5,
  cost: 41_000,
  latencySeconds: 9.2,
  score: 0.5,
  propensity: 0,
  excluded: null,
  ...more,
})
const decision = (place: number, name: string, propensity: number, { runId }: Run) => ({
  __typename: 'ModelDecision',
  runId,
  seq: 60 - place,
  at: ago(place * 2 + 0.3),
  model: name,
  propensity,
  reason: `drawn from 3 with probability ${propensity.toFixed(3)}: quality 0.92, at most $0.041, about 9 s`,
  run: { __typename: 'Run', id: runId, title: 'Fix a bug: totals are rounded twice' },
  task: { __typename: 'Task', id: `tsk_decided_${place}`, title: 'Mend the rounding', uses: 'code-generator' },
  candidates: [
    candidate('anthropic/claude-opus-4-8', { quality: 0.92, score: 0.81, propensity: 0.72 }),
    candidate('anthropic/claude-haiku-4-5', {
      quality: 0.61,
      cost: 6_000,
      latencySeconds: 2.4,
      score: 0.75,
      propensity: 0.24,
    }),
    candidate('workshop/qwen3-coder', { quality: 0.6, cost: 0, latencySeconds: 22, score: 0.66, propensity: 0.04 }),
    candidate('openai/gpt-5', { quality: 0.9, excluded: 'failed too often lately: its breaker is open' }),
    candidate('google/gemini-3-pro', { cost: null, excluded: 'has no key: provider google is not set up' }),
  ],
})

export const decisionsAnswer = (only: string | null, empty: boolean, run: Run) => {
  const all = [
    decision(0, 'anthropic/claude-opus-4-8', 0.72, run),
    decision(1, 'anthropic/claude-haiku-4-5', 0.24, run),
    decision(2, 'anthropic/claude-opus-4-8', 0.72, run),
    decision(3, 'workshop/qwen3-coder', 0.04, run),
  ]
  return {
    modelDecisions: {
      nodes: empty ? [] : all.filter(one => only === null || one.model === only),
      pageInfo: { hasNextPage: false, endCursor: null },
    },
  }
}

const kinds = ['CodePatch', 'ReviewReport', 'Plan', 'SpecDoc', 'TestReport']
const makers = ['code-generator', 'reviewer', 'project-manager', 'spec-writer', 'code.tests']

/** The same scores whenever one looks. */
const points = ({ runId }: Run) =>
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

export function qualityAnswer(filter: Readonly<Record<string, unknown>>, empty: boolean, run: Run) {
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

const trouble = (place: number, title: string, code: string, message: string, { runId }: Run) => ({
  __typename: 'Task',
  id: `tsk_trouble_${place}`,
  index: place,
  title,
  status: code === 'SANDBOX_UNAVAILABLE' ? 'BLOCKED' : 'FAILED',
  uses: place % 2 === 0 ? 'code-generator' : 'code.tests',
  endedAt: ago(place * 50 + 6),
  error: { __typename: 'Failure', code, message, hint: '' },
  run: { __typename: 'Run', id: runId, title: 'Fix a bug: totals are rounded twice' },
})

/** `well`: nothing is wrong. */
export const healthAnswer = (well: boolean, run: Run) => ({
  __typename: 'System',
  health: {
    __typename: 'Health',
    status: well ? 'OK' : 'DEGRADED',
    version: '0.4.0',
    startedAt: ago(4_000),
    checks: [
      ['postgres', 'OK', '', ''],
      ['redis', 'OK', '', ''],
      ['worker', 'OK', '2 at work', ''],
      well
        ? ['sandbox', 'OK', 'bubblewrap', '']
        : [
            'sandbox',
            'DEGRADED',
            'unprivileged user namespaces are switched off',
            'orrery doctor shows what is missing.',
          ],
    ].map(([name, status, reason, mend]) => ({ __typename: 'HealthCheck', name, status, reason, mend })),
  },
  process: {
    __typename: 'ServerProcess',
    pid: 4_120,
    uptimeMs: 240_000_000,
    memoryBytes: 214_000_000,
    heapBytes: 98_000_000,
    pool: 10,
  },
  database: {
    __typename: 'Database',
    version: '18.4',
    bytes: 4_120_000_000,
    mostConnections: 100,
    lockWaits: 0,
    cacheHits: 0.9962,
    deadlocks: 0,
    rollbacks: 14,
    answeredMs: 3.4,
    connections: [
      { __typename: 'DatabaseConnections', name: 'orrery', count: 18 },
      { __typename: 'DatabaseConnections', name: 'orrery requests', count: 9 },
      { __typename: 'DatabaseConnections', name: 'psql', count: 1 },
    ],
    tables: [
      ['blob_chunks', 41_000, 2_900_000_000],
      ['events', 1_210_300, 902_000_000],
      ['tasks', 48_000, 61_000_000],
      ['runs', 2_104, 4_000_000],
    ].map(([name, rows, bytes]) => ({ __typename: 'DatabaseTable', name, rows, bytes })),
  },
  work: {
    __typename: 'WorkFigures',
    timers: 12,
    timersOverdue: 0,
    nextTimerMs: 41_000,
    leasesHeld: 7,
    leasesExpired: 0,
    reservations: 3,
    reserved: 240_000,
    openApprovals: 3,
    openRuns: [
      { __typename: 'OpenRuns', name: 'RUNNING', count: 4 },
      { __typename: 'OpenRuns', name: 'WAITING', count: 2 },
    ],
    queues: [
      {
        __typename: 'WorkQueue',
        workerClass: 'light',
        ready: 0,
        ticketed: 0,
        atWork: 3,
        oldestMs: null,
        slots: 12,
        workers: 2,
      },
      {
        __typename: 'WorkQueue',
        workerClass: 'sandbox',
        ready: well ? 0 : 19,
        ticketed: 4,
        atWork: 4,
        oldestMs: well ? null : 184_000,
        slots: 4,
        workers: 2,
      },
    ],
  },
  workers: [0, 1].map(place => ({
    __typename: 'Worker',
    id: `worker-${place}`,
    host: `build-${place + 1}`,
    pid: 900 + place,
    version: '0.4.0',
    active: place === 0 ? 5 : 2,
    draining: place === 1 && !well,
    heartbeatAt: ago(0.02),
    startedAt: ago(4_000),
    classes: [
      { __typename: 'WorkerClass', name: 'sandbox', slots: 2 },
      { __typename: 'WorkerClass', name: 'light', slots: 6 },
    ],
    sandbox:
      place === 1 && !well
        ? {
            __typename: 'WorkerSandbox',
            driver: 'bubblewrap',
            available: false,
            reason: 'unprivileged user namespaces are switched off',
          }
        : { __typename: 'WorkerSandbox', driver: 'bubblewrap', available: true, reason: '' },
  })),
  goneWrong: well
    ? []
    : [
        trouble(0, 'Mend the rounding', 'TASK_FAILED', 'its CodePatch scores 0.31, and 0.6 is asked for', run),
        trouble(
          1,
          'Tests',
          'SANDBOX_UNAVAILABLE',
          'the sandbox is not usable: unprivileged user namespaces are switched off',
          run,
        ),
      ],
  advice: well
    ? []
    : [
        ['WARNING', 'sandbox', 'unprivileged user namespaces are switched off', 'orrery doctor shows what is missing.'],
        [
          'WARNING',
          'queue',
          '19 tasks of class sandbox wait, the longest for 3 min; 4 of 4 places are taken.',
          'Start another worker, or raise ORRERY_WORKER_CONCURRENCY and ORRERY_SANDBOX_CONCURRENCY.',
        ],
        [
          'NOTE',
          'models',
          'No real model can be asked.',
          'Set one of ANTHROPIC_API_KEY, OPENAI_API_KEY, GEMINI_API_KEY.',
        ],
      ].map(([level, subject, what, mend]) => ({ __typename: 'Advice', level, subject, what, mend })),
})
