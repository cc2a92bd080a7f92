/** All models of an installation behind their bulkheads and breakers: who can be asked, and one call to one of them. */
import type {
  ModelDelta,
  ModelError,
  ModelErrorCode,
  ModelOutcome,
  ModelProvider,
  ModelRequest,
} from '../../domain/model.ts'
import type { ModelConfig, ModelsConfig, Protocol } from '../../domain/model-config.ts'
import type { Candidate } from '../../domain/routing.ts'
import { nextTry } from './backoff.ts'
import { createGate, type Gate, type GateState } from './gate.ts'

export type ModelState = GateState & {
  id: string
  name: string
  latencySeconds: number
  calls: number
  failures: number
}
export type ProviderState = Omit<GateState, 'status'> & {
  name: string
  protocol: Protocol
  simulated: boolean
  status: GateState['status'] | 'NOT_SET_UP'
  models: readonly ModelState[]
}

/** What is asked of a model; its name is filled in here. */
export type ModelCall = Omit<ModelRequest, 'model'>

export type ModelsDeps = {
  config: ModelsConfig
  /** Those that are usable; the others of the configuration have no key. */
  providers: readonly ModelProvider[]
  /** Milliseconds since 1970. */
  now: () => number
  /** From [0, 1). */
  random: () => number
}

/** How much the newest call changes the measured time to a reply. */
const newest = 0.2

const atProvider: readonly ModelErrorCode[] = ['UNREACHABLE']
const atModel: readonly ModelErrorCode[] = [
  'RATE_LIMITED',
  'OVERLOADED',
  'TIMED_OUT',
  'TRUNCATED',
  'GARBAGE',
  'SERVER_ERROR',
]

type Entry = { config: ModelConfig; provider: ModelProvider | null; gate: Gate; providerGate: Gate; measured: Measured }
type Measured = { latencySeconds: number; calls: number; failures: number }

export function createModels({ config, providers, now, random }: ModelsDeps) {
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  const gates = new Map(
    config.providers.map(({ name, maxConcurrent }) => [
      name,
      createGate({ maxConcurrent, now, counts: code => atProvider.includes(code) }),
    ]),
  )
  const entries = new Map(config.models.map(model => [model.id, entryOf(model)]))

  function entryOf(model: ModelConfig): Entry {
    const providerGate = gates.get(model.provider)
    if (providerGate === undefined) throw new Error(`${model.id} belongs to no provider of the configuration`)
    return {
      config: model,
      provider: providers.find(({ name }) => name === model.provider) ?? null,
      gate: createGate({ maxConcurrent: model.maxConcurrent, now, counts: code => atModel.includes(code) }),
      providerGate,
      measured: { latencySeconds: model.latencySeconds, calls: 0, failures: 0 },
    }
  }

  return {
    /** What the router chooses from; the price of a call is the caller's to add. */
    candidates: (): Omit<Candidate, 'costMicros'>[] => [...entries.values()].map(candidateOf),

    /**
     * One try. Waits for its turn within the bounds of the bulkheads; refused at once, and at no cost, while a breaker is
     * open or the provider asked for time. Never throws.
     */
    async call(
      id: string,
      request: ModelCall,
      signal: AbortSignal,
      onDelta: (delta: ModelDelta) => void,
    ): Promise<ModelOutcome> {
      const entry = entries.get(id)
      if (entry?.provider == null) return unsent(notSetUp(id))
      const { gate, providerGate } = entry
      const entered = await enterBoth([gate, providerGate], signal, changed)
      if (entered !== null) return unsent(entered)
      try {
        const refusal = providerGate.refusal(entry.config.provider) ?? gate.refusal(id)
        if (refusal !== null) return unsent(refusal)
        gate.begin()
        providerGate.begin()
        changed()
        const started = now()
        const outcome = await streamed(entry.provider, { ...request, model: entry.config.name }, signal, onDelta)
        measure(entry.measured, outcome, (now() - started) / 1_000)
        gate.end(outcome)
        providerGate.end(outcome)
        return outcome
      } finally {
        gate.leave()
        providerGate.leave()
        changed()
      }
    },

    /** Tokens of the input, rounded up. Throws nothing; an unknown model counts as not set up, and its input as endless. */
    countTokens(id: string, request: ModelCall, signal: AbortSignal): Promise<number> {
      const entry = entries.get(id)
      if (entry?.provider == null) return Promise.resolve(Number.MAX_SAFE_INTEGER)
      return entry.provider.countTokens({ ...request, model: entry.config.name }, signal)
    },

    /** Whether and when to try the same model again, after `tries` tries. */
    nextTry: (error: ModelError, tries: number) => nextTry(error, tries, random()),

    state: (): ProviderState[] =>
      config.providers.map(({ name, protocol }) => {
        const provider = providers.find(each => each.name === name) ?? null
        const state = (gates.get(name) as Gate).state()
        const models = [...entries.values()].filter(each => each.config.provider === name).map(stateOf)
        const status = provider === null ? 'NOT_SET_UP' : state.status
        return { ...state, name, protocol, status, simulated: provider?.simulated ?? protocol === 'simulated', models }
      }),

    /** Told after each change of any state; the answer ends it. */
    onChange(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
export type Models = ReturnType<typeof createModels>

/** The state of a breaker that stands in the way, be it the model's or its provider's. */
function candidateOf({ config, provider, gate, providerGate, measured }: Entry): Omit<Candidate, 'costMicros'> {
  const [own, above] = [gate.state(), providerGate.state()]
  const worst = (['open', 'half-open', 'closed'] as const).find(each => own.breaker === each || above.breaker === each)
  const { latencySeconds } = measured
  return {
    model: config,
    usable: provider !== null,
    breaker: worst ?? 'closed',
    inFlight: own.inFlight,
    latencySeconds,
  }
}

const stateOf = ({ config: { id, name }, gate, measured }: Entry): ModelState => ({
  ...gate.state(),
  id,
  name,
  ...measured,
})

/** Enters all or none; answers why not. */
async function enterBoth(gates: readonly Gate[], signal: AbortSignal, changed: () => void): Promise<ModelError | null> {
  const entered: Gate[] = []
  for (const gate of gates) {
    const entering = gate.enter(signal)
    changed()
    const entry = await entering
    if (entry === 'entered') {
      entered.push(gate)
      continue
    }
    for (const each of entered) each.leave()
    return entry === 'full' ? tooMany : cancelled
  }
  return null
}

async function streamed(
  provider: ModelProvider,
  request: ModelRequest,
  signal: AbortSignal,
  onDelta: (delta: ModelDelta) => void,
): Promise<ModelOutcome> {
  const stream = provider.stream(request, signal)
  try {
    for (;;) {
      const { done, value } = await stream.next()
      if (done) return value
      onDelta(value)
    }
  } catch (error) {
    // Whoever listens failed, or the provider did: the socket is let go in either case.
    await stream.return(unsent(cancelled)).catch(() => {})
    const message = `${provider.name} failed in itself: ${error instanceof Error ? error.message : String(error)}`
    const garbage: ModelError = { code: 'GARBAGE', message, retryable: false, retryAfterMs: null }
    return { ok: false, error: garbage, usage: null, mayHaveCost: true, partial: '' }
  }
}

function measure(measured: Measured, outcome: ModelOutcome, seconds: number): void {
  measured.calls += 1
  if (outcome.ok) measured.latencySeconds += newest * (seconds - measured.latencySeconds)
  else measured.failures += 1
}

const unsent = (error: ModelError): ModelOutcome => ({ ok: false, error, usage: null, mayHaveCost: false, partial: '' })

const tooMany: ModelError = {
  code: 'OVERLOADED',
  message: 'Too many calls wait for this model already.',
  retryable: true,
  retryAfterMs: null,
}
const cancelled: ModelError = {
  code: 'CANCELLED',
  message: 'The call was cancelled before it was sent.',
  retryable: false,
  retryAfterMs: null,
}
const notSetUp = (id: string): ModelError => ({
  code: 'UNKNOWN_MODEL',
  message: `${id} is not set up here.`,
  retryable: false,
  retryAfterMs: null,
})
