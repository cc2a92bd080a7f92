/**
 * The models that need nothing but a key. What they are good at is an opinion to start from, as their makers place them;
 * a file of one's own replaces any of them. Limits and prices are those that the makers publish.
 */
import type { CapabilityVector, ModelConfig } from '../../domain/model-config.ts'

const all = { tools: true, vision: true, thinking: true, structuredOutput: true }

type Skills = readonly [planning: number, coding: number, review: number, writing: number]

/** Skills that go together are given together. */
const skills = ([planning, coding, review, writing]: Skills): CapabilityVector => ({
  planning,
  architecture: planning,
  coding,
  debugging: coding,
  testing: coding,
  review,
  design: writing,
  research: planning,
  writing,
})

type Described = Pick<ModelConfig, 'name' | 'contextTokens' | 'maxOutputTokens' | 'latencySeconds'> &
  Partial<Pick<ModelConfig, 'price' | 'maxConcurrent'>> & { skills: Skills }

const modelsOf = (provider: string, described: readonly Described[]): ModelConfig[] =>
  described.map(({ skills: known, ...model }) => ({
    id: `${provider}/${model.name}`,
    provider,
    abilities: all,
    capabilities: skills(known),
    maxConcurrent: 8,
    ...model,
  }))

const million = 1_000_000
const claude = { maxOutputTokens: 128_000 }
const gpt = { contextTokens: 1_050_000, maxOutputTokens: 128_000 }
const gemini = { contextTokens: 1_048_576, maxOutputTokens: 65_536 }

export const anthropicModels: readonly ModelConfig[] = modelsOf('anthropic', [
  { ...claude, name: 'claude-opus-5-5', contextTokens: million, latencySeconds: 40, skills: [0.96, 0.96, 0.96, 0.93] },
  {
    ...claude,
    name: 'claude-sonnet-5-5',
    contextTokens: million,
    latencySeconds: 20,
    skills: [0.9, 0.92, 0.9, 0.9],
    price: { input: 2_000_000, output: 10_000_000, cacheRead: 200_000, cacheWrite: 2_500_000 },
  },
  {
    ...claude,
    name: 'claude-haiku-5-5',
    // It holds a million, but beyond this everything costs five times as much.
    contextTokens: 100_000,
    maxOutputTokens: 64_000,
    latencySeconds: 8,
    skills: [0.75, 0.8, 0.75, 0.78],
    price: { input: 100_000, output: 500_000, cacheRead: 10_000, cacheWrite: 125_000 },
  },
])

export const openaiModels: readonly ModelConfig[] = modelsOf('openai', [
  { ...gpt, name: 'gpt-5.6-sol', latencySeconds: 40, skills: [0.94, 0.94, 0.94, 0.9] },
  { ...gpt, name: 'gpt-5.6-terra', latencySeconds: 20, skills: [0.88, 0.89, 0.88, 0.86] },
  { ...gpt, name: 'gpt-5.6-luna', latencySeconds: 8, skills: [0.74, 0.77, 0.74, 0.76] },
])

export const geminiModels: readonly ModelConfig[] = modelsOf('google', [
  { ...gemini, name: 'gemini-3.1-pro-preview', latencySeconds: 30, skills: [0.9, 0.88, 0.89, 0.88] },
  { ...gemini, name: 'gemini-3.8-flash', latencySeconds: 12, skills: [0.86, 0.87, 0.85, 0.85] },
  { ...gemini, name: 'gemini-3.5-flash-lite', latencySeconds: 6, skills: [0.7, 0.72, 0.7, 0.74] },
])

/** A model behind an address of one's own, about which nothing is known but its name. */
export const localModel = (name: string): ModelConfig => ({
  id: `local/${name}`,
  provider: 'local',
  name,
  contextTokens: 32_000,
  maxOutputTokens: 8_000,
  abilities: { tools: true, vision: false, thinking: false, structuredOutput: false },
  capabilities: skills([0.5, 0.5, 0.5, 0.5]),
  maxConcurrent: 2,
  latencySeconds: 60,
  price: { input: 0, output: 0 },
})
