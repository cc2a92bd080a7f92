/** Models and their makers in the stories, and why one was chosen. */
import type { Json } from '../../domain/json.ts'
import { ago, type OfRun } from './ago.ts'

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

export const modelFiguresAnswer = ({ runId }: OfRun) => ({
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
const decision = (place: number, name: string, propensity: number, { runId }: OfRun) => ({
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

export const decisionsAnswer = (only: string | null, empty: boolean, run: OfRun) => {
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
