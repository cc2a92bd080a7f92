/** A search engine of the operator's choice, asked over HTTP. What it answers is believed of its form alone. */
import { z } from 'zod'
import { OrreryError } from '../../domain/errors.ts'
import { cleanText } from '../../domain/run/clean.ts'
import type { SearchEngine, SearchHit } from './network.ts'

export type SearchEndpoint = {
  /** An address in which `{query}` stands for what is searched, and `{key}` for the key if it belongs there. */
  url: string
  /** Sent as `Authorization: Bearer …` where the address has no place for it. */
  key: string | null
}

const mostBytes = 1_024 * 1_024
const patienceMs = 15_000

const text = (most: number) =>
  z
    .string()
    .transform(given => cleanText(given).replace(/\s+/g, ' ').trim().slice(0, most))
    .catch('')

const Hit = z
  .object({
    title: text(200),
    url: z.url({ protocol: /^https?$/ }).max(2_000),
    snippet: text(600),
    content: text(600),
    description: text(600),
  })
  .transform(({ title, url, ...said }): SearchHit => {
    return { title: title || url, url, snippet: said.snippet || said.content || said.description }
  })
const Hits = z.array(z.unknown()).transform(list => list.slice(0, 50).flatMap(one => Hit.safeParse(one).data ?? []))
/** As SearXNG and its like answer, as Brave does, or the bare list. */
const Answer = z.union([
  Hits,
  z.object({ results: Hits }).transform(({ results }) => results),
  z.object({ web: z.object({ results: Hits }) }).transform(({ web }) => web.results),
])

/** Named by its host. Throws OrreryError UNAVAILABLE, whose message holds neither the address nor the key. */
export function createSearchEndpoint({ url, key }: SearchEndpoint): SearchEngine {
  const address = (query: string) =>
    url.replaceAll('{query}', encodeURIComponent(query)).replaceAll('{key}', encodeURIComponent(key ?? ''))
  const authorization = key === null || url.includes('{key}') ? {} : { authorization: `Bearer ${key}` }
  return {
    name: new URL(address('')).host,
    async search(query, signal) {
      const within = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
      const headers = { accept: 'application/json', 'user-agent': 'orrery', ...authorization }
      // A redirect could carry the key elsewhere, or lead into the server's own network.
      const response = await fetch(address(query), { headers, signal: within, redirect: 'error' }).catch(() => null)
      if (response === null) throw unavailable('it did not answer')
      if (!response.ok) throw unavailable(`it answered with status ${response.status}`)
      const answer = Answer.safeParse(parsed(await read(response)))
      if (!answer.success) throw unavailable('its answer holds no list of results')
      return answer.data
    },
  }
}

async function read(response: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const piece of response.body ?? []) {
      bytes += piece.length
      if (bytes > mostBytes) break
      pieces.push(piece)
    }
  } catch {
    throw unavailable('its answer broke off')
  }
  if (bytes > mostBytes) throw unavailable(`its answer is longer than ${mostBytes} bytes`)
  return Buffer.concat(pieces).toString('utf8')
}

function parsed(answer: string): unknown {
  try {
    return JSON.parse(answer)
  } catch {
    return null
  }
}

const unavailable = (why: string): OrreryError => new OrreryError('UNAVAILABLE', why, { retryable: true })
