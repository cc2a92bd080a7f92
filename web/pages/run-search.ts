/** What of a run's page stands in its address. A link shows what the sender saw. */
import type { EventType } from '../../domain/run/events.ts'
import { type ArtifactSearch, parseArtifactSearch } from '../lib/artifact-search.ts'

export const runTabs = ['graph', 'tasks', 'events', 'artifacts', 'agents', 'timeline', 'stream', 'cost'] as const
export type RunTab = (typeof runTabs)[number]
/** Those that take the whole width while nothing is selected. */
export const wideTabs: readonly RunTab[] = ['artifacts', 'events', 'agents', 'timeline', 'stream', 'cost']

export type RunSearch = ArtifactSearch & {
  tab?: RunTab
  /** Index of the selected task. */
  task?: number
  /** Seq of the selected event. */
  seq?: number
  /** The moment that is shown: right after this event. As it happens unless told. */
  at?: number
  /** The part of the time that the timeline shows, `from-to` in milliseconds since the run began; either may be left out. */
  span?: string
  /** Index of the only task whose stream is shown. */
  only?: number
  /** The filter of events: text, types with commas between, index of a task, name of an agent, what one request caused, only after this seq. */
  q?: string
  types?: string
  of?: number
  agent?: string
  corr?: string
  since?: number
  /** What is searched for in all that events hold, and whether nothing else is shown. */
  has?: string
  hits?: 'only'
  /** While a fork is being prepared: the last event that it begins with. */
  fork?: number
}

/** Takes what is well formed and drops the rest: an address may come from anywhere. */
export function parseRunSearch(search: Record<string, unknown>): RunSearch {
  const { tab, q, types, span, agent, corr, has, hits, fork } = search
  const [task, seq, of, at, only, since] = [
    search.task,
    search.seq,
    search.of,
    search.at,
    search.only,
    search.since,
  ].map(value => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined))
  return {
    ...(runTabs.some(one => one === tab) ? { tab: tab as RunTab } : {}),
    ...(task === undefined ? {} : { task }),
    ...(seq === undefined ? {} : { seq }),
    ...(at === undefined || at === 0 ? {} : { at }),
    ...(only === undefined ? {} : { only }),
    ...(typeof span === 'string' && /^\d*-\d*$/.test(span) ? { span } : {}),
    ...(typeof q === 'string' || typeof q === 'number' ? { q: String(q) } : {}),
    ...(typeof types === 'string' ? { types } : {}),
    ...(of === undefined ? {} : { of }),
    ...(typeof agent === 'string' ? { agent } : {}),
    ...(typeof corr === 'string' ? { corr } : {}),
    ...(since === undefined || since === 0 ? {} : { since }),
    ...(typeof has === 'string' || typeof has === 'number' ? { has: String(has) } : {}),
    ...(hits === 'only' ? { hits } : {}),
    ...(Number.isSafeInteger(fork) && Number(fork) >= 1 ? { fork: Number(fork) } : {}),
    ...parseArtifactSearch(search),
  }
}

export const typesOf = (search: RunSearch): EventType[] =>
  search.types === undefined || search.types === '' ? [] : (search.types.split(',') as EventType[])
