/** Providers and models: what is set up, how they are, and what they have cost. */
import type { ModelState, ProviderState } from '../../agents/providers/resilience.ts'
import type { Json } from '../../domain/json.ts'
import type { ModelConfig } from '../../domain/model-config.ts'
import { builder } from './builder.ts'

const BreakerEnum = builder.enumType('BreakerState', {
  description: 'CLOSED: calls go through. OPEN: none does for a while. HALF_OPEN: a probe does.',
  values: { CLOSED: { value: 'closed' }, HALF_OPEN: { value: 'half-open' }, OPEN: { value: 'open' } } as const,
})

type ModelView = { state: ModelState; config: ModelConfig }

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
    status: t.string({ resolve: ({ state }) => state.status }),
    breaker: t.field({ type: BreakerEnum, resolve: ({ state }) => state.breaker }),
    inFlight: t.int({ resolve: ({ state }) => state.inFlight }),
    queued: t.int({ resolve: ({ state }) => state.queued }),
    latencySeconds: t.float({ resolve: ({ state }) => state.latencySeconds }),
    calls: t.int({ description: 'Made by this process.', resolve: ({ state }) => state.calls }),
    failures: t.int({ resolve: ({ state }) => state.failures }),
    lastError: t.string({ nullable: true, resolve: ({ state }) => state.lastError?.message ?? null }),
  }),
})

const Provider = builder.objectRef<ProviderState>('Provider').implement({
  description: 'Who serves models. Keys are never shown, only whether there is one.',
  fields: t => ({
    name: t.exposeString('name'),
    protocol: t.exposeString('protocol'),
    simulated: t.exposeBoolean('simulated', { description: 'No real model: used only where a run asks for it.' }),
    status: t.exposeString('status', { description: 'NOT_SET_UP where it has no key.' }),
    breaker: t.field({ type: BreakerEnum, resolve: state => state.breaker }),
    inFlight: t.exposeInt('inFlight'),
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

builder.queryField('providers', t =>
  t.field({
    type: [Provider],
    description: 'As this server process sees them: breakers and queues are each process’s own.',
    resolve: (_, __, { services }) => services.models.models.state(),
  }),
)
