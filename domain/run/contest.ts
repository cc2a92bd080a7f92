/**
 * An element of a plan that is done several times, independently, of which the best is kept, as tasks beside it:
 *
 *   what it needs ─▶ field ─▶ candidate × k ─▶ judge × 3 ─▶ the element itself, which chooses ─▶ what needs it
 *
 * They have no name that a path could reach: each refers to those that it needs by their place, as `needs.0.output`.
 */
import type { Json } from '../json.ts'
import type { Condition } from '../workflow.ts'
import type { Draft } from './draft.ts'
import { judges, type PlanElement } from './elements.ts'
import type { EventData } from './events.ts'
import type { Task } from './state.ts'
import { bindItem, interpolate } from './values.ts'

type Planned = EventData<'TaskPlanned'>
/** What of an element is different where it chooses between candidates. */
export type Choosing = Pick<Planned, 'uses' | 'workerClass' | 'needs' | 'trigger' | 'condition' | 'input'>

const outputOf = (place: number): Json => ({ $ref: `needs.${place}.output` })
/** Candidates and judges may be lost; without a field there are none. */
const afterField = {
  trigger: 'all-done',
  condition: { path: 'needs.0.output', op: 'exists', value: null } satisfies Condition,
} as const

/** Where the helpers of an element stand in the run. */
export type Seats = { field: number; candidates: readonly number[]; judges: readonly number[] }

/** One after the other, beginning with `first`. */
export function seatsFrom(first: number, candidates: number): Seats {
  const row = (from: number, length: number) => Array.from({ length }, (_, index) => from + index)
  return { field: first, candidates: row(first + 1, candidates), judges: row(first + 1 + candidates, judges) }
}

/** What the element does instead of its work: it chooses between what the helpers made of it. */
export function choosing(seats: Seats): Choosing {
  const [made, votes] = [seats.candidates.map(placeOf(1)), seats.judges.map(placeOf(1 + seats.candidates.length))]
  return {
    ...{ uses: 'consensus.choose', workerClass: 'sandbox', ...afterField },
    needs: [seats.field, ...seats.candidates, ...seats.judges],
    input: { field: outputOf(0), candidates: made, votes },
  }
}

const placeOf = (first: number) => (_: unknown, index: number) => outputOf(first + index)

/** Plans them in their seats. The element's `needs` are indices: the field waits for them. */
export function planHelpers(draft: Draft, map: Task, element: PlanElement, seats: Seats): void {
  const { item, needs, name, candidates: count } = element
  const plan = (what: string, title: string, how: Partial<Planned> & Pick<Planned, 'uses' | 'input'>) =>
    planHelper(draft, map, { ...how, key: `${map.key}/${name}/${what}`, title: titleOf(title, map, item) })
  const given = bindItem(map.input, item) as { readonly [key: string]: Json }
  const input = { ...given, role: interpolate(map.uses, item), candidates: count, judges }
  plan('field', 'Open the field', { uses: 'consensus.open', needs: [...needs], optional: map.optional, input })
  for (const index of seats.candidates.keys()) {
    const letter = String.fromCharCode(65 + index)
    const own = { field: outputOf(0), name: letter }
    plan(`candidate-${letter.toLowerCase()}`, `Candidate ${letter}`, {
      ...{ uses: 'consensus.candidate', needs: [seats.field], input: own },
    })
  }
  for (const index of seats.judges.keys()) {
    const own = { field: outputOf(0), name: `Judge ${index + 1}`, candidates: seats.candidates.map(placeOf(1)) }
    plan(`judge-${index + 1}`, `Judge ${index + 1}`, {
      ...{ uses: 'consensus.judge', workerClass: 'light', needs: [seats.field, ...seats.candidates], ...afterField },
      input: own,
    })
  }
}

const titleOf = (what: string, map: Task, item: Json): string =>
  `${what}: ${interpolate(map.title, item)}`.slice(0, 4_000)

type Helper = Partial<Planned> & Pick<Planned, 'key' | 'title' | 'uses' | 'input'>

function planHelper(draft: Draft, { index, retry, timeoutMs, priority }: Task, helper: Helper): void {
  draft.emit({
    type: 'TaskPlanned',
    data: {
      ...{
        taskIndex: draft.run.tasks.length,
        kind: 'work',
        workerClass: 'sandbox',
        needs: [],
        trigger: 'all-succeeded',
        condition: null,
      },
      ...{ retry, timeoutMs, priority, groupIndex: index, item: null, forEach: null, graph: false },
      ...{ approval: null, back: null, gate: null, budgetShare: null, fromHandoffId: null },
      // One that is lost leaves the others.
      optional: true,
      ...helper,
    },
  })
}
