/**
 * What a run would do, as far as its template and its variables tell: which steps run, which are left out, and which only
 * the results of others decide. Nothing is begun and nothing is written.
 */
import type { Json } from './json.ts'
import { criticalPath } from './run/plan.ts'
import { holds, valueAt } from './run/values.ts'
import type { Condition, Step, Workflow } from './workflow.ts'

/** runs: whatever happens, unless something fails · skipped: in no case · open: what comes before it decides. */
export type Outlook = 'runs' | 'skipped' | 'open'

export type ForeseenStep = {
  step: Step
  outlook: Outlook
  /** Why it is skipped or open; empty where it runs. */
  why: string
  /** How many steps must have ended before it, one after the other. */
  wave: number
  /** How often it is done at most, work that is sent back counted; null where a list decides that nobody has seen yet. */
  times: number | null
  /** Its input, references to variables replaced; what only results tell stays a reference. */
  input: Json
}

export type Foresight = {
  steps: readonly ForeseenStep[]
  /** The chain of keys that takes longest if every step uses up its time, and how long that is, in milliseconds. */
  longest: { keys: readonly string[]; ms: number }
}

/** `variables` as `parseVariables` gives them. The workflow has no cycle. */
export function foresee(workflow: Workflow, variables: Json): Foresight {
  const { steps } = workflow
  const placeOf = new Map(steps.map(({ key }, index) => [key, index]))
  const needs = steps.map(step => step.needs.flatMap(key => placeOf.get(key) ?? []))
  const known: (ForeseenStep | undefined)[] = steps.map(() => undefined)

  const at = (index: number): ForeseenStep => {
    const found = known[index]
    if (found !== undefined) return found
    const step = steps[index] as Step
    const before = (needs[index] ?? []).map(at)
    const foreseen = { step, ...outlookOf(step, before, variables), ...measuresOf(workflow, step, before, variables) }
    known[index] = foreseen
    return foreseen
  }
  const all = steps.map((_, index) => at(index))
  const weights = all.map(({ outlook, step }) => (outlook === 'skipped' ? 0 : step.timeoutMs))
  const path = criticalPath(needs, weights).filter(index => all[index]?.outlook !== 'skipped')
  return {
    steps: all,
    longest: {
      keys: path.map(index => steps[index]?.key ?? ''),
      ms: path.reduce((sum, index) => sum + (weights[index] ?? 0), 0),
    },
  }
}

function outlookOf(
  { trigger, when }: Step,
  before: readonly ForeseenStep[],
  variables: Json,
): Pick<ForeseenStep, 'outlook' | 'why'> {
  const skipped = before.find(({ outlook }) => outlook === 'skipped')
  if (trigger === 'all-succeeded' && skipped !== undefined)
    return { outlook: 'skipped', why: `${skipped.step.key} is skipped` }
  const held = when === undefined ? true : holdsBefore(when, variables)
  if (held === false) return { outlook: 'skipped', why: 'its condition does not hold' }
  if (held === null) return { outlook: 'open', why: 'its condition asks for results' }
  const open = before.find(({ outlook }) => outlook === 'open')
  if (trigger === 'all-succeeded' && open !== undefined)
    return { outlook: 'open', why: `${open.step.key} may be skipped` }
  return { outlook: 'runs', why: '' }
}

function measuresOf(
  { steps }: Workflow,
  step: Step,
  before: readonly ForeseenStep[],
  variables: Json,
): Pick<ForeseenStep, 'wave' | 'times' | 'input'> {
  const rounds = steps.reduce((sum, { back }) => (back?.to === step.key ? Math.max(sum, back.maxRounds) : sum), 0)
  const items = step.forEach === undefined ? 1 : itemsOf(step.forEach, variables)
  return {
    wave: before.reduce((most, { wave }) => Math.max(most, wave + 1), 0),
    times: items === null ? null : items * (1 + rounds),
    input: filledIn(step.input, variables),
  }
}

/** Whether a condition holds, whatever comes; null where results decide. */
export function holdsBefore(condition: Condition, variables: Json): boolean | null {
  if ('all' in condition) return every(condition.all.map(one => holdsBefore(one, variables)))
  if ('any' in condition) return negated(every(condition.any.map(one => negated(holdsBefore(one, variables)))))
  if ('not' in condition) return negated(holdsBefore(condition.not, variables))
  return isOfVariables(condition.path) ? holds({ variables, tasks: [] }, condition) : null
}

const every = (all: readonly (boolean | null)[]): boolean | null =>
  all.includes(false) ? false : all.includes(null) ? null : true
const negated = (held: boolean | null): boolean | null => (held === null ? null : !held)

const isOfVariables = (path: string): boolean => /^variables(\.|$)/.test(path)

/** How many elements a list of the variables has; null where it is no such list. */
function itemsOf(path: string, variables: Json): number | null {
  const list = isOfVariables(path) ? inVariables(path, variables) : null
  return Array.isArray(list) ? list.length : null
}

const inVariables = (path: string, variables: Json): Json => valueAt({ variables, tasks: [] }, path)

function filledIn(value: Json, variables: Json): Json {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(one => filledIn(one, variables))
  const record = value as { readonly [key: string]: Json }
  if (typeof record.$ref === 'string') return isOfVariables(record.$ref) ? inVariables(record.$ref, variables) : value
  return Object.fromEntries(Object.entries(record).map(([key, inner]) => [key, filledIn(inner, variables)]))
}
