/** What lies outside: pages of hosts that the configuration allows, and whatever a search engine finds. Off until configured. */
import { z } from 'zod'
import { OrreryError } from '../../domain/errors.ts'
import { cleanText } from '../../domain/run/clean.ts'
import { parseAllowedHost } from '../sandbox/egress-policy.ts'
import { runProgram } from './program.ts'
import { defineTool, type Tool, type ToolEnv, type ToolOutcome } from './tool.ts'

export type SearchHit = { title: string; url: string; snippet: string }

/** A search engine, whoever runs it. */
export interface SearchEngine {
  readonly name: string
  /** Throws OrreryError UNAVAILABLE where it does not answer. */
  search(query: string, signal: AbortSignal): Promise<readonly SearchHit[]>
}

export type Network = {
  /** `host` or `host:port` that may be fetched from; none: there is no fetch. */
  hosts: readonly string[]
  /** null: there is no web_search. */
  searchEngine: SearchEngine | null
}

export const noNetwork: Network = { hosts: [], searchEngine: null }

/** The network tools that are configured. Throws OrreryError BAD_INPUT for a host that cannot be read. */
export function networkTools({ hosts, searchEngine }: Network): readonly Tool[] {
  for (const host of hosts) parseAllowedHost(host)
  return [...(hosts.length > 0 ? [fetchTool(hosts)] : []), ...(searchEngine === null ? [] : [searchTool(searchEngine)])]
}

const fetchTool = (hosts: readonly string[]): Tool =>
  defineTool({
    name: 'fetch',
    class: 'network',
    recorded: 'result',
    description: `Fetches the text of one page. It comes back with the sha256 of its text, which names it as a source and is a handle for read_more. Hosts: ${hosts.slice(0, 50).join(', ')}.`,
    input: z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(2_000) }),
    run: ({ url }, env) => fetchPage(url, hosts, env),
  })

/** In a sandbox of its own: the agent's workspace has no network, and is to get none. */
async function fetchPage(url: string, hosts: readonly string[], env: ToolEnv): Promise<ToolOutcome> {
  const { context, toolbox } = env
  const workspace = await context.sandbox.open({
    egress: hosts,
    mounts: toolbox.mounts,
    label: `${context.runId}-${context.taskIndex}-fetch`,
  })
  try {
    await workspace.exec({ argv: ['mkdir', '-p', '/work/repo'] })
    const page = await runProgram(workspace, env, { program: 'tool-fetch.mjs', request: { url } })
    if (page.isError === true) return { ...page, origin: 'outside' }
    const { hash } = await context.blobs.put(new TextEncoder().encode(cleanText(page.text)))
    return { text: `sha256 ${hash}\n${page.text}`, origin: 'outside', handle: hash }
  } finally {
    await workspace.close()
  }
}

const searchTool = (engine: SearchEngine): Tool =>
  defineTool({
    name: 'web_search',
    class: 'network',
    recorded: 'result',
    description: `Searches the web with ${engine.name}. Each hit comes back as title, address and an excerpt. An excerpt is no source: fetch the page.`,
    input: z.strictObject({ query: z.string().min(1).max(400) }),
    async run({ query }, { context }) {
      try {
        const hits = await engine.search(query, context.signal)
        const shown = hits.slice(0, 10).map(({ title, url, snippet }) => `${title}\n${url}\n${snippet}`)
        return { text: shown.join('\n\n') || 'It found nothing.', origin: 'outside' }
      } catch (error) {
        context.signal.throwIfAborted()
        const why = error instanceof OrreryError ? error.message : 'it did not answer'
        return { text: `${engine.name} could not be asked: ${why}.`, isError: true }
      }
    },
  })
