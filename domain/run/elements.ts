/** What a map expands to: a list of independent elements, or a plan whose elements wait for each other. */
import { z } from 'zod'
import type { Failure } from '../errors.ts'
import type { Json } from '../json.ts'
import { maxFanOut } from './commands.ts'
import { findCycle } from './plan.ts'
import type { Run, Task } from './state.ts'
import { valueAt } from './values.ts'

/** `needs` are positions in the list; `candidates` is how often it is done, 0 where that is once. */
export type PlanElement = { item: Json; name: string; needs: readonly number[]; candidates: number }

/** How often an element is done at most, and how many judges choose between what comes of it. */
const mostCandidates = 5
export const judges = 3

/** Tasks beside the element itself: who opens the field, candidates and judges. */
export const helpersFor = (candidates: number): number => (candidates === 0 ? 0 : 1 + candidates + judges)

/** An element of a plan names itself and what it waits for; whatever else it holds is for its agent. */
const Planned = z.looseObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{0,60}$/, 'is not a key such as add-tests'),
  needs: z.array(z.string()).max(200).default([]),
  consensus: z.number().int().min(2).max(mostCandidates).nullish(),
})

export function planElements(run: Run, map: Task): { list: readonly PlanElement[] } | { error: Failure } {
  const list = valueAt(run, map.forEach ?? '', map)
  if (!Array.isArray(list)) return refusal('BAD_INPUT', `${map.forEach} holds no list to fan out over`)
  if (list.length > maxFanOut) return tooLarge(map, list.length)
  if (map.graph) return planGraph(map, list)
  return {
    list: (list as readonly Json[]).map((item, position) => ({
      item,
      name: String(position),
      needs: [],
      candidates: 0,
    })),
  }
}

function planGraph(map: Task, list: readonly Json[]): { list: readonly PlanElement[] } | { error: Failure } {
  const parsed = z.array(Planned).safeParse(list)
  if (!parsed.success) {
    return refused(
      map,
      parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`),
    )
  }
  const keys = parsed.data.map(element => element.key)
  const faults = keys.filter((key, index) => keys.indexOf(key) !== index).map(key => `${key} stands twice`)
  for (const { key, needs } of parsed.data) {
    for (const need of needs) if (!keys.includes(need)) faults.push(`${key} needs ${need}, which is not there`)
  }
  if (faults.length > 0) return refused(map, faults)
  const needs = parsed.data.map(element => [...new Set(element.needs)].map(need => keys.indexOf(need)))
  const cycle = findCycle(needs)
  if (cycle !== null) return refused(map, [`a cycle of needs: ${cycle.map(index => keys[index]).join(' → ')}`])
  const elements = list.map((item, index): PlanElement => {
    const candidates = parsed.data[index]?.consensus ?? 0
    return { item, name: keys[index] ?? '', needs: needs[index] ?? [], candidates }
  })
  const size = elements.reduce((sum, { candidates }) => sum + 1 + helpersFor(candidates), 0)
  return size <= maxFanOut ? { list: elements } : tooLarge(map, size)
}

const tooLarge = (map: Task, size: number) =>
  refusal('LIMIT_EXCEEDED', `${map.forEach} holds ${size} elements; a fan-out takes at most ${maxFanOut}`)

const refused = (map: Task, faults: readonly string[]) =>
  refusal('BAD_INPUT', `${map.forEach} is no plan: ${faults.slice(0, 20).join('; ')}`)

const refusal = (code: 'BAD_INPUT' | 'LIMIT_EXCEEDED', message: string): { error: Failure } => ({
  error: { code, message: message.slice(0, 4_000), hint: '', retryable: false },
})
