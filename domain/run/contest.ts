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

/** Plans the helpers of an element, whose `needs` are indices; the element itself follows, with what this returns. */
export function planContest(draft: Draft, map: Task, element: PlanElement): Choosing {
  const { item, needs, candidates: count } = element
  const plan = (name: string, title: string, how: Partial<Planned> & Pick<Planned, 'uses' | 'input'>) =>
    planHelper(draft, map, { ...how, key: `${map.key}/${element.name}/${name}`, title: titleOf(title, map, item) })
  const field = plan('field', 'Open the field', {
    uses: 'consensus.open',
    needs: [...needs],
    optional: map.optional,
    input: {
      ...(bindItem(map.input, item) as { readonly [key: string]: Json }),
      role: interpolate(map.uses, item),
      candidates: count,
      judges,
    },
  })
  const candidates = Array.from({ length: count }, (_, index) => {
    const name = String.fromCharCode(65 + index)
    const input = { field: outputOf(0), name }
    return plan(`candidate-${name.toLowerCase()}`, `Candidate ${name}`, {
      ...{ uses: 'consensus.candidate', needs: [field], input },
    })
  })
  const made = candidates.map((_, index) => outputOf(1 + index))
  const voters = Array.from({ length: judges }, (_, index) =>
    plan(`judge-${index + 1}`, `Judge ${index + 1}`, {
      ...{ uses: 'consensus.judge', workerClass: 'light', needs: [field, ...candidates], ...afterField },
      input: { field: outputOf(0), name: `Judge ${index + 1}`, candidates: made },
    }),
  )
  const votes = voters.map((_, index) => outputOf(1 + count + index))
  return {
    ...{ uses: 'consensus.choose', workerClass: 'sandbox', needs: [field, ...candidates, ...voters], ...afterField },
    input: { field: outputOf(0), candidates: made, votes },
  }
}

const titleOf = (what: string, map: Task, item: Json): string =>
  `${what}: ${interpolate(map.title, item)}`.slice(0, 4_000)

type Helper = Partial<Planned> & Pick<Planned, 'key' | 'title' | 'uses' | 'input'>

/** Its index. */
function planHelper(draft: Draft, { index, retry, timeoutMs, priority }: Task, helper: Helper): number {
  const taskIndex = draft.run.tasks.length
  draft.emit({
    type: 'TaskPlanned',
    data: {
      ...{ taskIndex, kind: 'work', workerClass: 'sandbox', needs: [], trigger: 'all-succeeded', condition: null },
      ...{ retry, timeoutMs, priority, groupIndex: index, item: null, forEach: null, graph: false },
      ...{ approval: null, back: null, gate: null, budgetShare: null, fromHandoffId: null },
      // One that is lost leaves the others.
      optional: true,
      ...helper,
    },
  })
  return taskIndex
}
