import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react'
import { useApp } from '../../lib/app-context.ts'
import type { EventLog } from '../../lib/event-log.ts'
import type { LogReader } from '../../lib/log-fold.ts'
import { useShownSeq } from '../../lib/run-context.ts'
import type { RunStore } from '../../lib/run-store.ts'
import { type Activities, createActivities } from './activity.ts'
import type { Crew } from './team.ts'

type Known = { store: RunStore; read: LogReader<Activities>; crew: Crew | null }

/** Sub-runs by their global ids, followed while they are asked for; each as it was at the moment that the page shows. */
export function useCrews(runIds: readonly string[]): (runId: string) => Crew | null {
  const app = useApp()
  const past = useShownSeq() !== null
  const known = useRef(new Map<string, Known>())
  const key = runIds.join(' ')
  const stores = useMemo(() => {
    const ids = key === '' ? [] : key.split(' ')
    return ids.map(id => {
      const one = known.current.get(id) ?? { store: app.runStore(id), read: createActivities()(), crew: null }
      known.current.set(id, one)
      return one.store
    })
  }, [app, key])
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = stores.map(store => store.subscribe(listener))
      return () => {
        for (const stop of stops) stop()
      }
    },
    [stores],
  )
  // Text, because a snapshot must be equal while nothing changed.
  useSyncExternalStore(subscribe, () => stores.map(store => store.get().log.length).join(' '))
  return useCallback(
    id => {
      const one = known.current.get(id)
      if (one === undefined) return null
      const live = one.store.get()
      const { run, log } = past ? one.store.at(lengthAt(live.log, app.clock.get())) : live
      if (run === null) return null
      if (one.crew?.run !== run) one.crew = { run, activities: one.read(log) }
      return one.crew
    },
    [app, past],
  )
}

/** How many events had happened by then. */
function lengthAt(log: EventLog, time: number): number {
  let [low, high] = [0, log.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (log.at(middle).at <= time) low = middle + 1
    else high = middle
  }
  return low
}
