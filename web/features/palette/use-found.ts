import { useEffect, useState } from 'react'
import { useClient, useQuery } from 'urql'
import type { SearchQuery } from '../../gql/graphql.ts'
import { PaletteNamesDocument, SearchDocument } from './documents.ts'

export type Found = SearchQuery['search']
const nothing: Found = { projects: [], runs: [], artifacts: [] }
/** Between the last key and the question: nobody asks for every letter. */
const pauseMs = 120

/** What the server finds for what was typed; the last answer stays until the next is there. */
export function useFound(typed: string): { found: Found; searching: boolean } {
  const client = useClient()
  const query = typed.trim().slice(0, 200)
  const [answer, setAnswer] = useState({ query: '', found: nothing })
  useEffect(() => {
    if (query === '') return setAnswer({ query: '', found: nothing })
    let current = true
    const timer = setTimeout(async () => {
      const { data } = await client.query(SearchDocument, { query }, { requestPolicy: 'network-only' }).toPromise()
      if (current) setAnswer({ query, found: data?.search ?? nothing })
    }, pauseMs)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [client, query])
  return { found: answer.found, searching: answer.query !== query }
}

/** Names of agents and workflows: few, and asked for once. */
export function useNames() {
  const [{ data }] = useQuery({ query: PaletteNamesDocument, requestPolicy: 'cache-first' })
  return { agents: data?.agents ?? [], workflows: data?.workflows ?? [] }
}
