/** What of the operators' pages stands in their addresses. Takes what is well formed and drops the rest. */
import { type Days, parseDays } from '../lib/days.ts'

type Search = Readonly<Record<string, unknown>>

/** A text of one line, as people write it; a number may have been read out of it. */
const text = <Name extends string>(search: Search, name: Name): { [Key in Name]?: string } => {
  const value = search[name]
  const read = typeof value === 'number' ? String(value) : value
  return typeof read === 'string' && read !== '' ? ({ [name]: read.slice(0, 200) } as { [Key in Name]?: string }) : {}
}
const flag = <Name extends string>(search: Search, name: Name): { [Key in Name]?: true } =>
  search[name] === true ? ({ [name]: true } as { [Key in Name]?: true }) : {}

export type AgentsSearch = { agent?: string; days?: Days; q?: string; failed?: true }
export const parseAgentsSearch = (search: Search): AgentsSearch => ({
  ...text(search, 'agent'),
  ...parseDays(search.days),
  ...text(search, 'q'),
  ...flag(search, 'failed'),
})

export const workflowTabs = ['steps', 'variables', 'versions', 'try'] as const
export type WorkflowTab = (typeof workflowTabs)[number]
export type WorkflowSearch = { tab?: WorkflowTab; step?: string; from?: string; to?: string }
export function parseWorkflowSearch(search: Search): WorkflowSearch {
  const tab = workflowTabs.find(one => one === search.tab)
  return {
    ...(tab === undefined ? {} : { tab }),
    ...text(search, 'step'),
    ...text(search, 'from'),
    ...text(search, 'to'),
  }
}

export type WorkflowsSearch = { check?: true }
export const parseWorkflowsSearch = (search: Search): WorkflowsSearch => flag(search, 'check')

export type ProvidersSearch = { days?: Days; model?: string }
export const parseProvidersSearch = (search: Search): ProvidersSearch => ({
  ...parseDays(search.days),
  ...text(search, 'model'),
})

export type QualitySearch = {
  days?: Days
  project?: string
  kind?: string
  agent?: string
  model?: string
  artifact?: string
}
export const parseQualitySearch = (search: Search): QualitySearch => ({
  ...parseDays(search.days),
  ...text(search, 'project'),
  ...text(search, 'kind'),
  ...text(search, 'agent'),
  ...text(search, 'model'),
  ...text(search, 'artifact'),
})
