/** The providers and models of an installation: configuration, validated whole at start, every fault named. */
import { z } from 'zod'

export const protocols = ['anthropic', 'openai-responses', 'openai-chat', 'gemini', 'simulated'] as const
export type Protocol = (typeof protocols)[number]

/** What models are good at, each from 0 to 1. Roles and steps weigh them. */
export const capabilityNames = [
  'planning',
  'architecture',
  'coding',
  'debugging',
  'testing',
  'review',
  'design',
  'research',
  'writing',
] as const
const Share = z.number().min(0).max(1)
export const CapabilityVector = z.partialRecord(z.enum(capabilityNames), Share)
export type CapabilityVector = z.output<typeof CapabilityVector>

const Name = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'is not a name such as local-llm')

export const ProviderConfig = z.strictObject({
  name: Name,
  protocol: z.enum(protocols),
  /** null: the provider's public address. */
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  /** The environment variable that holds the key; null where the endpoint wants none. The key itself is never configuration. */
  keyVariable: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/, 'is not the name of an environment variable')
    .nullable()
    .default(null),
  /** Calls that may be under way at once, over all of its models. */
  maxConcurrent: z.number().int().min(1).max(10_000).default(32),
  /** Milliseconds without a byte after which a call counts as hanging. */
  idleTimeoutMs: z.number().int().min(100).max(3_600_000).default(120_000),
})
export type ProviderConfig = z.output<typeof ProviderConfig>

/** Micro-dollars per million tokens, which is the same as dollars per million × 1,000,000. */
const Rate = z.number().int().nonnegative()
export const OwnPrice = z.strictObject({
  input: Rate,
  output: Rate,
  cacheRead: Rate.optional(),
  cacheWrite: Rate.optional(),
})

export const ModelConfig = z.strictObject({
  /** `provider/name`, unique: what events, budgets and allow-lists call it. */
  id: z.string().regex(/^[a-z][a-z0-9-]*\/[\w.:/-]{1,150}$/, 'is not provider/model'),
  provider: Name,
  /** The provider's own name of it. */
  name: z.string().min(1).max(200),
  contextTokens: z.number().int().min(1_000),
  maxOutputTokens: z.number().int().min(16),
  abilities: z.strictObject({
    tools: z.boolean(),
    vision: z.boolean().default(false),
    thinking: z.boolean().default(false),
    structuredOutput: z.boolean().default(false),
  }),
  capabilities: CapabilityVector,
  maxConcurrent: z.number().int().min(1).max(10_000).default(8),
  /** Typical seconds to a finished reply, until measured ones are known. */
  latencySeconds: z.number().positive().default(20),
  /** For endpoints that no public price list knows. Free is {input: 0, output: 0}; absent: the public list. */
  price: OwnPrice.optional(),
})
export type ModelConfig = z.output<typeof ModelConfig>
export type Abilities = ModelConfig['abilities']

export const ModelsConfig = z.strictObject({
  providers: z.array(ProviderConfig).max(50),
  models: z.array(ModelConfig).max(500),
})
export type ModelsConfig = z.output<typeof ModelsConfig>
