/** Which model makes a call, and what is said where none is left. */
import { OrreryError } from '../domain/errors.ts'
import type { ModelError } from '../domain/model.ts'
import { showMicros } from '../domain/money.ts'
import type { ModelAsk } from '../domain/ports.ts'
import type { Preference, RoutingDecision } from '../domain/routing.ts'
import { stableId } from '../domain/run/stable-id.ts'
import type { Run } from '../domain/run/state.ts'
import { candidatesFor, leastOutputTokens, roughTokens } from './call-size.ts'
import { failureOf } from './model-failures.ts'
import type { MoneyDeps } from './model-money.ts'
import { keyQuestion } from './model-questions.ts'

/** What was tried for one call so far. */
export type Tried = {
  failed: string[]
  last: ModelError | null
  tries: number
  /** Looks at breakers that were open. */
  waits: number
  /** The model that is tried again; null: the router is asked. */
  sameModel: string | null
  /** The model that could not be had before. */
  from: string | null
  /** What may still be spent, where a person wants to go on with cheaper models. */
  remainingMicros: number | null
}

/** Whether a model that may make the call only has its breaker open, which time mends. */
export const isBroken = ({ models, run }: Pick<MoneyDeps, 'models' | 'run'>): boolean =>
  models.gateway.list().some(one => one.usable && one.simulated === run.simulated && one.breaker === 'open')

/** Which model makes the call. The same state of the world and the same call give the same choice. */
export async function route(
  { run, task, models }: Pick<MoneyDeps, 'run' | 'task' | 'models'>,
  ask: ModelAsk,
  call: number,
  state: Tried,
): Promise<RoutingDecision> {
  const { gateway, choose } = models
  const { request, needs } = ask
  const candidates = candidatesFor(gateway, request, run.simulated)
  const draw = Number.parseInt(stableId(run.id, task.index, task.attempt, call, state.tries, 'route').slice(0, 8), 16)
  return choose(
    {
      needs: {
        ...needs,
        contextTokens: roughTokens(request) + leastOutputTokens,
        allowed: allowedIn(run, needs.allowed),
      },
      preference: (run.preference as Preference | null) ?? models.preference,
      remainingMicros: state.remainingMicros,
      failed: state.failed,
    },
    candidates,
    draw / 2 ** 32,
  )
}

/** Models that both the agent and the run allow; null: all. */
function allowedIn({ adjustments }: Run, allowed: readonly string[] | null): readonly string[] | null {
  const inRun = adjustments?.allowedModels ?? null
  return allowed === null || inRun === null ? (allowed ?? inRun) : allowed.filter(id => inRun.includes(id))
}

/** No model is left. Where all that is wrong is a key, a person can mend it while the run waits. */
export async function nobody(
  deps: MoneyDeps,
  routed: RoutingDecision | null,
  { last, failed, remainingMicros }: Tried,
): Promise<OrreryError> {
  if (remainingMicros !== null)
    return new OrreryError(
      'BUDGET_EXCEEDED',
      `no model can make the call for the ${showMicros(remainingMicros)} that are left`,
    )
  if (last?.code === 'UNAUTHORISED') {
    await deps.askAbout(`key:${failed.join()}:${deps.task.index}:${deps.task.attempt}`, keyQuestion(failed, last))
    return new OrreryError('UNAVAILABLE', last.message, {
      retryable: true,
      hint: 'Set the key and start the server again.',
    })
  }
  if (last !== null) return failureOf(last, `no model is left: ${last.message}`)
  return new OrreryError('BAD_INPUT', `no model can do this: ${routed?.reason ?? 'none is configured'}`, {
    hint: deps.run.simulated
      ? ''
      : `${deps.models.gateway.missing()} To try without any key, start the run with --simulate.`,
  })
}
