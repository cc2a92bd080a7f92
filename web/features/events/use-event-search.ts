import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useClient } from 'urql'
import type { RecordedEvent } from '../../../domain/run/events.ts'
import { faultOf } from '../../lib/fault.ts'
import { EventHitsDocument } from './documents.ts'
import { type Found, hitsOf, isWhole, joined, readSearch } from './found.ts'

/** searching: more is on its way · paused: older events are not searched yet · whole: all of them are. */
type Phase = 'idle' | 'searching' | 'paused' | 'whole' | 'failed'

export type EventSearch = {
  /** As it is searched for; empty where nothing is. */
  readonly text: string
  readonly phase: Phase
  readonly found: Found | null
  /** Why nothing is searched, or why it failed. */
  readonly fault: string | null
  readonly isHit: (event: RecordedEvent) => boolean
  /** Searches older events, or what failed once more. */
  goOn(): void
}

type State = { text: string; phase: Phase; found: Found | null; fault: string | null }
const begun = (text: string): State => ({ text, phase: text === '' ? 'idle' : 'searching', found: null, fault: null })

/** Between the last key and the question: nobody asks for every letter. */
const pauseMs = 200
/** Questions in a row, of 10,000 events each; then a person says whether to go on. */
const piecesAtOnce = 10

/** Searches a run for what was typed, from its newest event backwards. `runId`: its global id. */
export function useEventSearch(runId: string, given: string): EventSearch {
  const client = useClient()
  const { text, fault } = useMemo(() => readSearch(given), [given])
  const [state, setState] = useState(() => begun(text))
  const known = state.text === text ? state : begun(text)
  const latest = useRef(known)
  latest.current = known
  const [round, setRound] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: each round goes on where the last one ended.
  useEffect(() => {
    if (text === '') return setState(begun(''))
    let current = true
    const tell = (next: Partial<State>) => current && setState({ ...latest.current, text, ...next })
    const search = async () => {
      let { found } = latest.current
      for (let piece = 0; current && piece < piecesAtOnce && !isWhole(found); piece++) {
        tell({ phase: 'searching', found, fault: null })
        const variables = { runId, search: text, before: found?.from ?? null }
        const { data, error } = await client
          .query(EventHitsDocument, variables, { requestPolicy: 'network-only' })
          .toPromise()
        const hits = data?.run?.eventHits
        if (hits === undefined)
          return tell({ phase: 'failed', fault: error === undefined ? 'There is no such run.' : faultOf(error) })
        found = joined(found, hits)
      }
      tell({ phase: isWhole(found) ? 'whole' : 'paused', found })
    }
    const timer = setTimeout(search, pauseMs)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [client, runId, text, round])

  const { found } = known
  const isHit = useMemo(() => (found === null ? () => false : hitsOf(text, found)), [text, found])
  const goOn = useCallback(() => setRound(before => before + 1), [])
  return { ...known, fault: fault ?? known.fault, isHit, goOn }
}
