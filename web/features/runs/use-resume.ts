import { useEffect } from 'react'
import { useClient } from 'urql'
import { toGlobalId } from '../../../domain/ids.ts'
import { useApp } from '../../lib/app-context.ts'
import { useSelected } from '../../lib/hooks.ts'
import type { RunStore } from '../../lib/run-store.ts'
import { RunFrameDocument, RunHeadsDocument } from './documents.ts'

/** An ended run may be taken up again, by anybody: as soon as its head is beyond ours, its events are followed again. */
export function useResume(store: RunStore, runId: string): void {
  const { live } = useApp()
  const client = useClient()
  const project = useSelected(store, ({ phase, run }) => (phase === 'ended' ? (run?.projectId ?? null) : null))
  useEffect(() => {
    if (project === null) return
    const compare = (head: number | undefined) => {
      if (head !== undefined && head > store.get().log.length) store.resume()
    }
    const look = async () => {
      const { data } = await client
        .query(RunFrameDocument, { id: runId }, { requestPolicy: 'network-only' })
        .toPromise()
      compare(data?.run?.head)
    }
    return live.subscribe(RunHeadsDocument, () => ({ projectId: toGlobalId('Project', project) }), {
      data({ runsChanged }) {
        if (runsChanged.reload) void look()
        else compare(runsChanged.runs.find(run => run.id === runId)?.head)
      },
      fault: () => {},
    })
  }, [client, live, store, runId, project])
}
