/** The models of this installation, as tasks call them and as people see them. */

import { priceOf, worstCase } from '../agents/prices.ts'
import { type Env, readModelsConfig } from '../agents/providers/configuration.ts'
import { createProviders, missing } from '../agents/providers/create-providers.ts'
import { createModels, type Models } from '../agents/providers/resilience.ts'
import type { ModelsConfig } from '../domain/model-config.ts'
import type { ModelGateway } from '../queues/model-gateway.ts'
import { type ModelSource, modelSources } from './model-sources.ts'

export type ModelParts = {
  config: ModelsConfig
  models: Models
  gateway: ModelGateway
  /** What to set so that a model can be asked; null where one can. */
  missing: string | null
  /** Where each provider, by name, and each model, by id, is configured. */
  sources: ReadonlyMap<string, ModelSource>
}

/** Throws OrreryError BAD_INPUT that names every fault of the configuration. No key is in anything that is returned. */
export function createModelParts(env: Env): ModelParts {
  // Simulated models are there for runs that ask for them; no other run is given one.
  const config = readModelsConfig(env, { simulated: true })
  const models = createModels({ config, providers: createProviders(config, env), now: Date.now, random: Math.random })
  const lacking = missing(config, env)
  return {
    config,
    models,
    missing: lacking,
    gateway: createGateway(config, models, lacking ?? ''),
    sources: modelSources(config, env),
  }
}

function createGateway(config: ModelsConfig, models: Models, lacking: string): ModelGateway {
  const providers = new Map(config.providers.map(provider => [provider.name, provider]))
  const priced = new Map(
    config.models.flatMap(model => {
      const provider = providers.get(model.provider)
      return provider === undefined ? [] : [[model.id, { provider, model }] as const]
    }),
  )
  return {
    list: () =>
      models.candidates().map(one => ({
        ...one,
        simulated: providers.get(one.model.provider)?.protocol === 'simulated',
      })),
    call: (model, request, { signal, onDelta }) => models.call(model, request, signal, onDelta),
    countTokens: models.countTokens,
    nextTry: models.nextTry,
    price(id, usage) {
      const of = priced.get(id)
      return of === undefined ? null : priceOf(of, usage, Date.now())
    },
    worstCase(id, size) {
      const of = priced.get(id)
      return of === undefined ? null : worstCase(of, size, Date.now())
    },
    missing: () => lacking,
  }
}
