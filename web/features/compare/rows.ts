/** The figures that two runs are compared by, and where each of them was counted from. */
import type { EventType } from '../../../domain/run/events.ts'
import { formatCount, formatMoney, formatSpan } from '../../lib/format.ts'
import type { Figures } from './figures.ts'
import { sameCount, sameMoney, sameScore, sameTime } from './same.ts'

type Row = {
  name: string
  of(figures: Figures): number | null
  shown(value: number): string
  /** Whether less of it is better; null: it is neither good nor bad. */
  less: boolean | null
  /** Whether the two are what a reader would call the same. */
  same(one: number, other: number): boolean
  /** Where its run says so; `prefix`: what happened up to there is not counted. */
  told(prefix: number): RunAddress
}

/** What of a run's address names what a figure was counted from. */
type RunAddress = { tab: 'events' | 'artifacts'; types?: string; since?: number }

const events =
  (...types: EventType[]) =>
  (since: number): RunAddress => ({
    tab: 'events',
    ...(types.length === 0 ? {} : { types: types.join(',') }),
    ...(since === 0 ? {} : { since }),
  })
const artifacts = (): RunAddress => ({ tab: 'artifacts' })

const score = (value: number): string => value.toFixed(2)

const charges = events('ModelCallFinished', 'ModelCallFailed')
// Tasks count whole: what was done before the two went apart is done in both.
const endings = () => events('TaskSucceeded', 'TaskFailed', 'TaskBlocked', 'TaskSkipped', 'TaskCancelled')(0)
const failures = () => events('TaskFailed', 'TaskBlocked')(0)
const count = { shown: formatCount, same: sameCount }

export const rows: readonly Row[] = [
  { name: 'Time', of: ({ ms }) => ms, shown: formatSpan, less: true, same: sameTime, told: events() },
  { name: 'Spent', of: ({ micros }) => micros, shown: formatMoney, less: true, same: sameMoney, told: charges },
  { name: 'Model calls', of: one => one.modelCalls, ...count, less: null, told: events('ModelCallFinished') },
  { name: 'Attempts', of: ({ attempts }) => attempts, ...count, less: null, told: events('TaskClaimed') },
  { name: 'Tasks that ended', of: ({ done }) => done, ...count, less: null, told: endings },
  { name: 'Tasks that failed', of: ({ failed }) => failed, ...count, less: true, told: failures },
  { name: 'Mean quality', of: ({ quality }) => quality, shown: score, less: false, same: sameScore, told: artifacts },
]
