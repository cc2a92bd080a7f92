import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useRef } from 'react'
import { createActivities } from '../features/agent-tree/activity.ts'
import { createSpanReader } from '../features/timeline/spans.ts'
import { useApp } from '../lib/app-context.ts'
import type { EventLog } from '../lib/event-log.ts'
import { createKept, type Kept } from '../lib/kept.ts'
import { createMoment, type Moment } from '../lib/moment.ts'
import { readAhead } from '../lib/read-ahead.ts'
import type { RunPlace } from '../lib/run-context.ts'
import { createTaskLogs } from '../lib/task-log.ts'

/** While a moment is dragged the address waits: a browser takes only so many changes of it. */
const settledMs = 200

/** The store of a run, the moment that is shown of it, which stands in the address, and what its views keep. */
export function useRunPlace(runId: string): RunPlace {
  const app = useApp()
  const at = useSearch({ from: '/runs/$runId', select: search => search.at ?? null })
  // The address says where to begin; later it follows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const place = useMemo(() => {
    const store = app.runStore(runId)
    const moment = createMoment(store, app.clock)
    moment.go(at)
    return { store, moment, kept: createKept() }
  }, [app, runId])
  useAddress(place.moment, at)
  useEffect(() => readAhead(place.store, readersOf(place.kept)), [place])
  return place
}

/** Those of views that read the whole run when they are opened. */
const readersOf = (kept: Kept): ((log: EventLog) => unknown)[] => [
  kept(createSpanReader),
  kept(createActivities)(),
  log => kept(createTaskLogs)(log, 0),
]

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
