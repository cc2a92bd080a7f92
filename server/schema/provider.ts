/** Providers and models: what is set up, how they are, and what they have cost. */
import type { ModelState, ProviderState } from '../../agents/providers/resilience.ts'
import type { ModelFailures, ModelUsage } from '../../db/tenant-models.ts'
import { toGlobalId } from '../../domain/ids.ts'
import type { Json } from '../../domain/json.ts'
import type { Usage } from '../../domain/model.ts'
import type { ModelConfig } from '../../domain/model-config.ts'
import type { Context } from '../context.ts'
import { followModels } from '../live/follow-models.ts'
import { builder } from './builder.ts'
import { defaultDays, lookback } from './lookback.ts'

const BreakerEnum = builder.enumType('BreakerState', {
  description: 'CLOSED: calls go through. OPEN: none does for a while. HALF_OPEN: a probe does.',
  values: { CLOSED: { value: 'closed' }, HALF_OPEN: { value: 'half-open' }, OPEN: { value: 'open' } } as const,
})

const SourceEnum = builder.enumType('ModelSource', {
  description: 'BUILT_IN: comes with Orrery, and with the variables of its provider · FILE: the file of ORRERY_MODELS.',
  values: { BUILT_IN: { value: 'built-in' }, FILE: { value: 'file' } } as const,
})

const ModelUsageRef = builder.objectRef<ModelUsage>('ModelUsage').implement({
  description: 'Calls and money by the ledger; times by the events of finished calls.',
  fields: t => ({
    calls: t.exposeInt('calls'),
    spent: t.field({ type: 'BigInt', description: 'Micro-dollars.', resolve: one => one.spentMicros }),
    reserved: t.field({ type: 'BigInt', description: 'Of calls under way.', resolve: one => one.reservedMicros }),
    unknown: t.exposeInt('unknown', { description: 'Calls whose reply was lost; they cost their reservation.' }),
    inputTokens: t.field({ type: 'BigInt', resolve: one => one.inputTokens }),
    cacheReadTokens: t.field({ type: 'BigInt', resolve: one => one.cacheReadTokens }),
    outputTokens: t.field({ type: 'BigInt', resolve: one => one.outputTokens }),
    finished: t.exposeInt('finished', { description: 'Calls that the times are of.' }),
    p50Ms: t.exposeFloat('p50Ms', { nullable: true }),
    p95Ms: t.exposeFloat('p95Ms', { nullable: true }),
    p99Ms: t.exposeFloat('p99Ms', { nullable: true }),
  }),
})

const ModelFailuresRef = builder.objectRef<ModelFailures>('ModelFailures').implement({
  description: 'Calls that failed in one way, and the newest of them.',
  fields: t => ({
    reason: t.exposeString('reason', { description: 'RATE_LIMITED, OVERLOADED, TIMED_OUT …' }),
    count: t.exposeInt('count'),
    runId: t.id({ resolve: one => toGlobalId('Run', one.runId) }),
    seq: t.exposeInt('seq', { description: 'The newest event, in that run.' }),
    at: t.expose('at', { type: 'DateTime' }),
  }),
})

type ModelView = { state: ModelState; config: ModelConfig }
const days = { defaultValue: defaultDays, required: true, description: '1 … 366.' } as const

/** Of so many tokens at once that rounding does not show, and so few that no tier begins. */
const sample = 10_000
const nothing: Usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 }
const perMillion = (id: string, kind: 'input' | 'output', { services }: Context): number | null => {
  const micros = services.models.gateway.price(id, { ...nothing, [kind]: sample })
  return micros === null ? null : Math.round(micros * (1_000_000 / sample))
}

const Model = builder.objectRef<ModelView>('Model').implement({
  description: 'A model, as this server process sees it.',
  fields: t => ({
    id: t.string({ resolve: ({ config }) => config.id }),
    name: t.string({ description: 'What its provider calls it.', resolve: ({ config }) => config.name }),
    contextTokens: t.int({ resolve: ({ config }) => config.contextTokens }),
    maxOutputTokens: t.int({ resolve: ({ config }) => config.maxOutputTokens }),
    abilities: t.field({ type: 'JSON', resolve: ({ config }): Json => ({ ...config.abilities }) }),
    capabilities: t.field({
      type: 'JSON',
      description: 'What it is good at, each from 0 to 1.',
      resolve: ({ config }): Json => ({ ...config.capabilities }) as Json,
    }),
    source: t.field({
      type: SourceEnum,
      resolve: ({ config }, _, { services }) => services.models.sources.get(config.id) ?? 'built-in',
    }),
    inputPrice: t.field({
      type: 'BigInt',
      nullable: true,
      description: 'Micro-dollars for a million tokens; null where it is not known, and the model is not used.',
      resolve: ({ config }, _, context) => perMillion(config.id, 'input', context),
    }),
    outputPrice: t.field({
      type: 'BigInt',
      nullable: true,
      resolve: ({ config }, _, context) => perMillion(config.id, 'output', context),
    }),
    status: t.string({ resolve: ({ state }) => state.status }),
    breaker: t.field({ type: BreakerEnum, resolve: ({ state }) => state.breaker }),
    retryAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When calls are let through again.',
      resolve: ({ state }) => state.retryAt,
    }),
    inFlight: t.int({ resolve: ({ state }) => state.inFlight }),
    maxConcurrent: t.int({ description: 'Calls at once.', resolve: ({ state }) => state.maxConcurrent }),
    queued: t.int({ resolve: ({ state }) => state.queued }),
    latencySeconds: t.float({
      description: 'What the router reckons with: the newest calls count most.',
      resolve: ({ state }) => state.latencySeconds,
    }),
    calls: t.int({ description: 'Made by this process.', resolve: ({ state }) => state.calls }),
    failures: t.int({ resolve: ({ state }) => state.failures }),
    lastError: t.string({ nullable: true, resolve: ({ state }) => state.lastError?.message ?? null }),
    usage: t.field({
      type: ModelUsageRef,
      nullable: true,
      description: 'Of all processes; null where no call was made in these days.',
      args: { days: t.arg.int(days) },
      resolve: ({ config }, args, { load, services }) =>
        load.modelUsage(config.id, lookback(args.days, services.now())),
    }),
    failuresByKind: t.field({
      type: [ModelFailuresRef],
      description: 'Of all processes, the commonest first.',
      args: { days: t.arg.int(days) },
      resolve: ({ config }, args, { load, services }) =>
        load.modelFailures(config.id, lookback(args.days, services.now())),
    }),
  }),
})

const configOf = (state: ProviderState, { services }: Context) =>
  services.models.config.providers.find(({ name }) => name === state.name)

const Provider = builder.objectRef<ProviderState>('Provider').implement({
  description: 'Who serves models. Keys are never shown, only whether there is one.',
  fields: t => ({
    name: t.exposeString('name'),
    protocol: t.exposeString('protocol'),
    simulated: t.exposeBoolean('simulated', { description: 'No real model: used only where a run asks for it.' }),
    source: t.field({
      type: SourceEnum,
      resolve: (state, _, { services }) => services.models.sources.get(state.name) ?? 'built-in',
    }),
    keyVariable: t.string({
      nullable: true,
      description: 'The variable that holds its key; null where it wants none.',
      resolve: (state, _, context) => configOf(state, context)?.keyVariable ?? null,
    }),
    baseUrl: t.string({
      nullable: true,
      description: 'Where it is reached; null for its public address.',
      resolve: (state, _, context) => configOf(state, context)?.baseUrl ?? null,
    }),
    status: t.exposeString('status', { description: 'NOT_SET_UP where it has no key.' }),
    breaker: t.field({ type: BreakerEnum, resolve: state => state.breaker }),
    retryAt: t.field({ type: 'DateTime', nullable: true, resolve: state => state.retryAt }),
    inFlight: t.exposeInt('inFlight'),
    maxConcurrent: t.exposeInt('maxConcurrent', { description: 'Calls at once, over all of its models.' }),
    queued: t.exposeInt('queued'),
    lastError: t.string({ nullable: true, resolve: state => state.lastError?.message ?? null }),
    models: t.field({
      type: [Model],
      resolve: (state, _, { services }) =>
        state.models.flatMap(model => {
          const config = services.models.config.models.find(({ id }) => id === model.id)
          return config === undefined ? [] : [{ state: model, config }]
        }),
    }),
  }),
})

builder.queryFields(t => ({
  providers: t.field({
    type: [Provider],
    description: 'As this server process sees them: breakers and queues are each process’s own.',
    resolve: (_, __, { services }) => services.models.models.state(),
  }),
  missingModel: t.string({
    nullable: true,
    description: 'What to set so that a real model can be asked; null where one can.',
    resolve: (_, __, { services }) => services.models.missing,
  }),
}))

builder.subscriptionField('providersChanged', t =>
  t.field({
    type: [Provider],
    description: 'How they are: at once, then after each change of a call, a queue or a breaker, several as one.',
    subscribe: (_, __, { services }) => followModels(services.models.models, services.now),
    resolve: (_, __, { services }) => services.models.models.state(),
  }),
)
