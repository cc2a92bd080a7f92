import { useMemo } from 'react'
import { type CombinedError, useClient } from 'urql'
import type { RunPageQuery, RunPageQueryVariables } from '../../gql/graphql.ts'
import { useApp } from '../../lib/app-context.ts'
import { faultOf } from '../../lib/fault.ts'
import { RunPageDocument, RunsChangedDocument, RunsNowDocument } from './documents.ts'
import { createRunListStore, type RunListStore, type RunPage } from './run-list-store.ts'
import { everyRun, filterOf, type RunQuery } from './run-query.ts'

const pageSize = 50
const fresh = { requestPolicy: 'network-only' } as const

/** The runs of a project, or with null of all of them. One store as long as the same is asked for. */
export function useRunListStore(projectId: string | null, query: RunQuery): RunListStore {
  const client = useClient()
  const { live } = useApp()
  const asked = JSON.stringify(query)
  return useMemo(() => {
    const wanted = JSON.parse(asked) as RunQuery
    return createRunListStore(
      {
        async page(cursor) {
          const variables = pageVariables(wanted, projectId, cursor)
          const { data, error } = await client.query(RunPageDocument, variables, fresh).toPromise()
          return pageOf(data, error, wanted)
        },
        changes: sink =>
          live.subscribe(RunsChangedDocument, () => ({ projectId }), {
            data: ({ runsChanged }) => sink(runsChanged),
            fault: () => {},
          }),
      },
      wanted,
    )
  }, [client, live, projectId, asked])
}

/** The oldest first is the last page first. */
function pageVariables(query: RunQuery, projectId: string | null, cursor: string | null): RunPageQueryVariables {
  const none = { first: null, after: null, last: null, before: null }
  const place = query.sort === 'oldest' ? { last: pageSize, before: cursor } : { first: pageSize, after: cursor }
  return { filter: filterOf(query, projectId), ...none, ...place }
}

function pageOf(data: RunPageQuery | undefined, error: CombinedError | undefined, { sort }: RunQuery): RunPage {
  if (data === undefined) throw new Error(error === undefined ? 'Nothing was answered.' : faultOf(error))
  const { nodes, pageInfo } = data.runs
  const { hasNextPage, endCursor, hasPreviousPage, startCursor } = pageInfo
  const next = sort === 'oldest' ? (hasPreviousPage ? startCursor : null) : hasNextPage ? endCursor : null
  return { runs: nodes, next }
}

const shownOpen = 50
const shownEnded = 12

/** What is at work, wherever, and what ended lately. */
export function useRunsNow(): RunListStore {
  const client = useClient()
  const { live } = useApp()
  return useMemo(
    () =>
      createRunListStore(
        {
          async page() {
            const { data, error } = await client
              .query(RunsNowDocument, { open: shownOpen, ended: shownEnded }, fresh)
              .toPromise()
            if (data === undefined) throw new Error(error === undefined ? 'Nothing was answered.' : faultOf(error))
            return { runs: [...data.open.nodes, ...data.ended.nodes], next: null }
          },
          changes: sink =>
            live.subscribe(RunsChangedDocument, () => ({ projectId: null }), {
              data: ({ runsChanged }) => sink(runsChanged),
              fault: () => {},
            }),
        },
        everyRun,
      ),
    [client, live],
  )
}
