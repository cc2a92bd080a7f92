/** Which runs, in which order: as an address says it, as the server is asked, and as it is decided for a run that changed. */
import type { RunStatus } from '../../../domain/run/state.ts'
import type { RunFilter, RunLineFragment } from '../../gql/graphql.ts'

export type RunLine = RunLineFragment
export const runSorts = ['newest', 'oldest', 'longest', 'dearest'] as const
export type RunSort = (typeof runSorts)[number]

export type RunQuery = {
  /** Part of the title; empty: any. */
  text: string
  /** Empty: any. */
  statuses: readonly RunStatus[]
  /** Name of the template; empty: any. */
  workflow: string
  sort: RunSort
}
export const everyRun: RunQuery = { text: '', statuses: [], workflow: '', sort: 'newest' }

/** Of an address. */
export type RunSearch = { q?: string; status?: string; workflow?: string; sort?: RunSort }

const statusNames: readonly RunStatus[] = [
  'PENDING',
  'RUNNING',
  'PAUSED',
  'WAITING',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
]

/** What an address holds that makes sense; the rest is left out. */
export function parseRunSearch(search: Record<string, unknown>): RunSearch {
  const { q, status, workflow, sort } = search
  const statuses = typeof status === 'string' ? statusNames.filter(one => status.split(',').includes(one)) : []
  const known = runSorts.find(one => one === sort)
  return {
    ...(typeof q === 'string' && q !== '' ? { q } : typeof q === 'number' ? { q: String(q) } : {}),
    ...(statuses.length === 0 ? {} : { status: statuses.join(',') }),
    ...(typeof workflow === 'string' && workflow !== '' ? { workflow } : {}),
    ...(known === undefined || known === 'newest' ? {} : { sort: known }),
  }
}

export const queryOf = ({ q = '', status = '', workflow = '', sort = 'newest' }: RunSearch): RunQuery => ({
  text: q,
  statuses: statusNames.filter(one => status.split(',').includes(one)),
  workflow,
  sort,
})

export const searchOf = ({ text, statuses, workflow, sort }: RunQuery): RunSearch =>
  parseRunSearch({ q: text, status: statuses.join(','), workflow, sort })

export const filterOf = (query: RunQuery, projectId: string | null): RunFilter => ({
  projectId,
  topLevel: true,
  title: query.text.trim() || null,
  statuses: query.statuses.length === 0 ? null : [...query.statuses],
  workflow: query.workflow || null,
  correlationId: null,
})

/** Sub-runs are shown with their parents, not beside them. */
export function matches(run: RunLine, { text, statuses, workflow }: RunQuery): boolean {
  return (
    run.parentTaskIndex === null &&
    run.title.toLowerCase().includes(text.trim().toLowerCase()) &&
    (statuses.length === 0 || statuses.includes(run.status)) &&
    (workflow === '' || run.workflow === workflow)
  )
}

const byStart = (a: RunLine, b: RunLine): number =>
  a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : a.id < b.id ? 1 : -1
/** Milliseconds; of one that goes on, until now: it only grows against those that ended. */
const lasted = ({ startedAt, endedAt }: RunLine): number =>
  (endedAt === null ? Date.now() : Date.parse(endedAt)) - Date.parse(startedAt)

export const comparators: Record<RunSort, (a: RunLine, b: RunLine) => number> = {
  newest: byStart,
  oldest: (a, b) => byStart(b, a),
  longest: (a, b) => lasted(b) - lasted(a) || byStart(a, b),
  dearest: (a, b) => Number(b.budget.spent) - Number(a.budget.spent) || byStart(a, b),
}

/** Whether the server knows the order; in the others only what was loaded is sorted. */
export const isServerSort = (sort: RunSort): boolean => sort === 'newest' || sort === 'oldest'
