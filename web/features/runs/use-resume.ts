import { useEffect } from 'react'
import { useApp } from '../../lib/app-context.ts'
import type { RunStore } from '../../lib/run-store.ts'
import { RunsChangedDocument } from './documents.ts'

/** An ended run may be taken up again, by anybody: as soon as its head is beyond ours, its events are followed again. */
export function useResume(store: RunStore, runId: string): void {
  const { live } = useApp()
  useEffect(
    () =>
      live.subscribe(RunsChangedDocument, () => ({ projectId: null }), {
        data({ runsChanged }) {
          const changed = runsChanged.runs.find(run => run.id === runId)
          const { phase, log } = store.get()
          if (changed !== undefined && phase === 'ended' && changed.head > log.length) store.resume()
        },
        fault: () => {},
        end: () => {},
      }),
    [live, store, runId],
  )
}
