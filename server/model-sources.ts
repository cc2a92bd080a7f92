/** Where each provider and model of the configuration comes from, for whoever wants to change it. */
import { type Env, readModelsConfig } from '../agents/providers/configuration.ts'
import type { ModelsConfig } from '../domain/model-config.ts'

export type ModelSource = 'built-in' | 'file'

/** By the name of a provider and the id of a model: what the file of ORRERY_MODELS added or replaced is the file's. */
export function modelSources(config: ModelsConfig, env: Env): ReadonlyMap<string, ModelSource> {
  const without = withoutFile(env)
  const known = new Set([...without.providers, ...without.models].map(one => JSON.stringify(one)))
  const source = (one: object): ModelSource => (known.has(JSON.stringify(one)) ? 'built-in' : 'file')
  return new Map([
    ...config.providers.map(one => [one.name, source(one)] as const),
    ...config.models.map(one => [one.id, source(one)] as const),
  ])
}

/** Some environments are only whole with their file. */
function withoutFile(env: Env): ModelsConfig {
  const { ORRERY_MODELS: file, ...rest } = env
  try {
    return readModelsConfig(rest, { simulated: true })
  } catch (error) {
    if (file === undefined) throw error
    return { providers: [], models: [] }
  }
}
