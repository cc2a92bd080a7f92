/** What of a run's page stands in its address. A link shows what the sender saw. */
import type { EventType } from '../../domain/run/events.ts'

export const runTabs = ['graph', 'tasks', 'events', 'artifacts'] as const
export type RunTab = (typeof runTabs)[number]

export type RunSearch = {
  tab?: RunTab
  /** Index of the selected task. */
  task?: number
  /** Seq of the selected event. */
  seq?: number
  /** Global id of the opened artifact. */
  artifact?: string
  /** The filter of events: text, types with commas between, index of a task. */
  q?: string
  types?: string
  of?: number
  /** The filter of findings: text, severities with commas between. */
  find?: string
  severity?: string
}

/** Takes what is well formed and drops the rest: an address may come from anywhere. */
export function parseRunSearch(search: Record<string, unknown>): RunSearch {
  const { tab, artifact, q, types, find, severity } = search
  const [task, seq, of] = [search.task, search.seq, search.of].map(value =>
    Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined,
  )
  return {
    ...(runTabs.some(one => one === tab) ? { tab: tab as RunTab } : {}),
    ...(task === undefined ? {} : { task }),
    ...(seq === undefined ? {} : { seq }),
    ...(typeof artifact === 'string' ? { artifact } : {}),
    ...(typeof q === 'string' || typeof q === 'number' ? { q: String(q) } : {}),
    ...(typeof types === 'string' ? { types } : {}),
    ...(of === undefined ? {} : { of }),
    ...(typeof find === 'string' || typeof find === 'number' ? { find: String(find) } : {}),
    ...(typeof severity === 'string' ? { severity } : {}),
  }
}

export const typesOf = (search: RunSearch): EventType[] =>
  search.types === undefined || search.types === '' ? [] : (search.types.split(',') as EventType[])
