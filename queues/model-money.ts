/** The money of a task's model calls: taken before a call is made, and people asked where there is too little. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { BudgetScope, BudgetState, LedgerCall, Reservation } from '../domain/budget.ts'
import { OrreryError } from '../domain/errors.ts'
import type { ModelConfig } from '../domain/model-config.ts'
import type { ModelAsk, PlannedCalls, TaskContext } from '../domain/ports.ts'
import type { Run, Task } from '../domain/run/state.ts'
import { affordableTokens, sizeOf } from './call-size.ts'
import type { Claim } from './claims.ts'
import type { ModelDeps } from './model-gateway.ts'
import { budgetQuestion } from './model-questions.ts'
import type { Suspensions } from './suspensions.ts'

export type MoneyDeps = {
  run: Run
  task: Task
  claim: Claim
  models: ModelDeps
  /** The runs that this one is part of, the outermost first; itself not among them. */
  outerRuns(): Promise<readonly string[]>
  askAbout: Suspensions['askAbout']
}

export type Reserved = { maxOutputTokens: number; reservedMicros: number; key: string }

/** Calls under way hold the money at their worst case, and mostly give some of it back: nobody need be asked for that. */
const isHeldByOthers = ({ breach, neededMicros }: Reservation & { ok: false }): boolean =>
  breach.reservedMicros > 0 && (breach.limitMicros ?? 0) - breach.spentMicros >= neededMicros
const heldPauseMs = 250

/** Takes the money for the call, or as much as is left; asks a person where that is too little. */
export async function reserve(
  deps: MoneyDeps,
  { request, hold }: ModelAsk,
  { call, tryIndex, model }: { call: number; tryIndex: number; model: ModelConfig },
): Promise<Reserved | { remainingMicros: number }> {
  const { run, task, claim, models, askAbout } = deps
  const { gateway, ledger } = models
  const size = await sizeOf(gateway, { model }, { request, signal: claim.signal })
  const key = `${run.id}/${task.index}/${claim.epoch}/${call}/${tryIndex}`
  const wanted: LedgerCall = {
    key,
    organisationId: run.organisationId,
    scopes: scopesOf(deps, await deps.outerRuns()),
    provider: model.provider,
    model: model.id,
    wantMicros: size.wantMicros,
    leastMicros: size.leastMicros,
    ...(hold !== undefined && isOwn(run, hold) ? { hold } : {}),
  }
  for (;;) {
    const reservation = await ledger.reserve(wanted)
    if (reservation.ok) {
      const { grantedMicros } = reservation
      return { key, reservedMicros: grantedMicros, maxOutputTokens: affordableTokens(size, grantedMicros) }
    }
    if (isHeldByOthers(reservation)) {
      await sleep(heldPauseMs, undefined, { signal: claim.signal })
      continue
    }
    const left = await afterBreach(reservation.breach, reservation.neededMicros)
    if (left !== null) return { remainingMicros: left }
  }

  /** null where the budget was raised; what is left where cheaper models are to go on with it. */
  async function afterBreach(breach: BudgetState, neededMicros: number): Promise<number | null> {
    const subject = `budget:${breach.kind}:${breach.id}:${breach.limitMicros}`
    const { outcome, answer, by } = await askAbout(subject, budgetQuestion(breach, neededMicros))
    const [now] = await ledger.state(run.organisationId, [breach])
    const stands = now?.limitMicros === breach.limitMicros
    if (outcome === 'answered' && answer.choice === 'raise') {
      // Here, and not where it was said: of several answers one counts, and whoever resumes twice sets the same limit.
      const { limitMicros } = answer
      if (stands && typeof limitMicros === 'number') await ledger.setLimit(run.organisationId, breach, limitMicros)
      // Whoever moved the limit meanwhile has decided; the next try asks about the new one.
      if (!stands || typeof limitMicros === 'number') return null
    }
    if (outcome === 'answered' && answer.choice === 'cheaper')
      return Math.max(0, (breach.limitMicros ?? 0) - breach.spentMicros - breach.reservedMicros)
    const who = outcome === 'expired' ? 'nobody raised it in time' : `${by} did not raise it`
    throw new OrreryError('BUDGET_EXCEEDED', `the budget of the ${breach.kind} is used up, and ${who}`)
  }
}

const scopesOf = ({ run, task }: Pick<MoneyDeps, 'run' | 'task'>, outerRuns: readonly string[]): BudgetScope[] => [
  { kind: 'organisation', id: run.organisationId },
  { kind: 'project', id: run.projectId },
  ...outerRuns.map(id => ({ kind: 'run' as const, id })),
  { kind: 'run', id: run.id },
  { kind: 'task', id: `${run.id}/${task.index}` },
]

/** A fork remembers what was held for the run that it comes from, and has no part in it. */
const isOwn = ({ id }: Run, hold: string): boolean => hold.startsWith(`${id}/`)

/** As TaskContext tells. What calls cost is counted with the dearest model that may make them. */
export function createHolds(
  deps: Omit<MoneyDeps, 'askAbout' | 'claim'>,
): Required<Pick<TaskContext, 'hold' | 'letGo'>> {
  const { run, task, models } = deps
  const { organisationId } = run
  const dearest = ({ inputTokens, maxOutputTokens }: PlannedCalls): number =>
    models.gateway
      .list()
      .filter(one => one.usable && one.simulated === run.simulated)
      .map(({ model }) => models.gateway.worstCase(model.id, { inputTokens, maxOutputTokens }) ?? 0)
      .reduce((most, micros) => Math.max(most, micros), 0)
  return {
    async hold(calls) {
      const key = `${run.id}/hold/${task.index}/${task.attempt}`
      const micros = calls.reduce((sum, one) => sum + one.times * dearest(one), 0)
      const scopes = scopesOf(deps, await deps.outerRuns()).filter(({ kind }) => kind !== 'task')
      const held = await models.ledger.hold({ key, organisationId, scopes, micros })
      if (held.ok) return { hold: key }
      const { limitMicros, reservedMicros, spentMicros } = held.breach
      const remainingMicros = Math.max(0, (limitMicros ?? 0) - reservedMicros - spentMicros)
      return { hold: null, neededMicros: held.neededMicros, remainingMicros }
    },
    async letGo(key) {
      if (isOwn(run, key)) await models.ledger.letGo({ key, organisationId })
    },
  }
}
