/** The simulated models as configuration. They cost what a small real one would, so that budgets have something to hold. */
import type { ModelConfig, ProviderConfig } from '../../../domain/model-config.ts'

export const simulatedProviderConfig: ProviderConfig = {
  name: 'simulated',
  protocol: 'simulated',
  baseUrl: null,
  keyVariable: null,
  maxConcurrent: 64,
  idleTimeoutMs: 30_000,
}

const common = {
  provider: 'simulated',
  contextTokens: 200_000,
  maxOutputTokens: 16_000,
  abilities: { tools: true, vision: false, thinking: false, structuredOutput: true },
  maxConcurrent: 32,
}
const abilityOf = (share: number): ModelConfig['capabilities'] => ({
  planning: share,
  architecture: share,
  coding: share,
  debugging: share,
  testing: share,
  review: share,
  design: share,
  research: share,
  writing: share,
})

/** Tries few changes before it gives up. */
export const simulatedQuick: ModelConfig = {
  ...common,
  id: 'simulated/quick',
  name: 'quick',
  capabilities: abilityOf(0.2),
  latencySeconds: 0.2,
  price: { input: 100_000, output: 400_000 },
}

/** Tries more of them. */
export const simulatedCareful: ModelConfig = {
  ...common,
  id: 'simulated/careful',
  name: 'careful',
  capabilities: abilityOf(0.3),
  latencySeconds: 0.4,
  price: { input: 300_000, output: 1_200_000 },
}

export const simulatedModels: readonly ModelConfig[] = [simulatedQuick, simulatedCareful]
