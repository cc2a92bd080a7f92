import { useEffect } from 'react'
import { useQuery } from 'urql'
import { useApp } from '../../lib/app-context.ts'
import { ProjectOverviewDocument, ProjectRunsChangedDocument } from './documents.ts'

const context = { additionalTypenames: ['Project'] }
/** However many runs change at once, the list is read once. */
const pauseMs = 400

/** A page of projects with what ran last in each, read again when runs have changed. */
export function useProjectOverview(after: string | null) {
  const { live } = useApp()
  const [result, again] = useQuery({ query: ProjectOverviewDocument, variables: { after }, context })
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = live.subscribe(ProjectRunsChangedDocument, () => ({}), {
      data() {
        timer ??= setTimeout(() => {
          timer = undefined
          again({ requestPolicy: 'network-only' })
        }, pauseMs)
      },
      fault: () => {},
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [live, again])
  return result
}
