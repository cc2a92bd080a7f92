/** What of a run's page stands in its address. A link shows what the sender saw. */
import type { EventType } from '../../domain/run/events.ts'
import { type ArtifactSearch, parseArtifactSearch } from '../lib/artifact-search.ts'

export const runTabs = ['graph', 'tasks', 'events', 'artifacts'] as const
export type RunTab = (typeof runTabs)[number]

export type RunSearch = ArtifactSearch & {
  tab?: RunTab
  /** Index of the selected task. */
  task?: number
  /** Seq of the selected event. */
  seq?: number
  /** The filter of events: text, types with commas between, index of a task. */
  q?: string
  types?: string
  of?: number
}

/** Takes what is well formed and drops the rest: an address may come from anywhere. */
export function parseRunSearch(search: Record<string, unknown>): RunSearch {
  const { tab, q, types } = search
  const [task, seq, of] = [search.task, search.seq, search.of].map(value =>
    Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined,
  )
  return {
    ...(runTabs.some(one => one === tab) ? { tab: tab as RunTab } : {}),
    ...(task === undefined ? {} : { task }),
    ...(seq === undefined ? {} : { seq }),
    ...(typeof q === 'string' || typeof q === 'number' ? { q: String(q) } : {}),
    ...(typeof types === 'string' ? { types } : {}),
    ...(of === undefined ? {} : { of }),
    ...parseArtifactSearch(search),
  }
}

export const typesOf = (search: RunSearch): EventType[] =>
  search.types === undefined || search.types === '' ? [] : (search.types.split(',') as EventType[])
