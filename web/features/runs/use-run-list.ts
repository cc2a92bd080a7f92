import { useMemo } from 'react'
import { type CombinedError, useClient } from 'urql'
import { useApp } from '../../lib/app-context.ts'
import { faultOf } from '../../lib/fault.ts'
import { ProjectRunsDocument, RecentRunsDocument, RunsChangedDocument } from './documents.ts'
import { createRunListStore, type RunListStore, type RunPage } from './run-list-store.ts'

const pageSize = 50

/** The runs of a project, or with null of all of them. */
export function useRunListStore(projectId: string | null): RunListStore {
  const client = useClient()
  const { live } = useApp()
  return useMemo(
    () =>
      createRunListStore({
        async page(after) {
          const options = { requestPolicy: 'network-only' } as const
          if (projectId === null) {
            const { data, error } = await client
              .query(RecentRunsDocument, { first: pageSize, after }, options)
              .toPromise()
            return pageOf(data?.runs, error)
          }
          const { data, error } = await client
            .query(ProjectRunsDocument, { projectId, first: pageSize, after }, options)
            .toPromise()
          return pageOf(data?.project?.runs, error)
        },
        changes: sink =>
          live.subscribe(RunsChangedDocument, () => ({ projectId }), {
            data: ({ runsChanged }) => sink(runsChanged),
            fault: () => {},
          }),
      }),
    [client, live, projectId],
  )
}

type Found = { nodes: RunPage['runs']; pageInfo: { hasNextPage: boolean; endCursor: string | null } }

function pageOf(found: Found | undefined, error: CombinedError | undefined): RunPage {
  if (error !== undefined) throw new Error(faultOf(error))
  return { runs: found?.nodes ?? [], next: found?.pageInfo.hasNextPage === true ? found.pageInfo.endCursor : null }
}
