import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useRef } from 'react'
import { useApp } from '../lib/app-context.ts'
import { createMoment, type Moment } from '../lib/moment.ts'
import type { RunStore } from '../lib/run-store.ts'

/** While a moment is dragged the address waits: a browser takes only so many changes of it. */
const settledMs = 200

/** The store of a run and the moment that is shown of it, which stands in the address. */
export function useRunPlace(runId: string): { store: RunStore; moment: Moment } {
  const app = useApp()
  const at = useSearch({ from: '/runs/$runId', select: search => search.at ?? null })
  // The address says where to begin; later it follows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const place = useMemo(() => {
    const store = app.runStore(runId)
    const moment = createMoment(store, app.clock)
    moment.go(at)
    return { store, moment }
  }, [app, runId])
  useAddress(place.moment, at)
  return place
}

function useAddress(moment: Moment, at: number | null): void {
  const navigate = useNavigate({ from: '/runs/$runId' })
  const known = useRef(at)
  useEffect(() => {
    if (at === known.current) return
    known.current = at
    moment.go(at)
  }, [moment, at])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const write = () => {
      const seq = moment.seq.get()
      if (seq === known.current) return
      known.current = seq
      void navigate({
        to: '.',
        replace: true,
        resetScroll: false,
        search: ({ at: _, ...rest }) => (seq === null ? rest : { ...rest, at: seq }),
      })
    }
    const stop = moment.seq.subscribe(() => {
      clearTimeout(timer)
      timer = setTimeout(write, settledMs)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [moment, navigate])
}
