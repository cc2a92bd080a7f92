/** Every tool that a role can name, whether or not it can be offered here: for people who want to know what an agent may do. */
import { type ToolClass, type ToolName, toolNames } from '../../domain/role.ts'
import { offeredTools } from './offer.ts'

export type ToolFacts = { name: ToolName; class: ToolClass; description: string }

/** What is off until it is configured, and what stands outside of the offer because it ends the loop. */
const others: readonly ToolFacts[] = [
  {
    name: 'fetch',
    class: 'network',
    description: 'Fetches the text of one page of an allowed host. Off until ORRERY_FETCH_HOSTS is set.',
  },
  {
    name: 'web_search',
    class: 'network',
    description: 'Asks the search engine that is configured. Off until ORRERY_SEARCH_URL is set.',
  },
  { name: 'submit', class: 'read', description: 'Hands in the result and ends the work, once it fits its schema.' },
]

export const toolCatalogue: ReadonlyMap<ToolName, ToolFacts> = new Map(
  [
    ...offeredTools(toolNames, {
      source: true,
      commit: async () => null,
      network: { hosts: [], searchEngine: null },
    }),
    ...others,
  ].map(({ name, class: toolClass, description }) => [name, { name, class: toolClass, description }]),
)
