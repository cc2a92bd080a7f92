import { useMemo } from 'react'
import type { RecordedEvent } from '../../../domain/run/events.ts'
import { createLogReader } from '../../lib/log-fold.ts'
import { useRunLog } from '../../lib/run-context.ts'

const nobody: ReadonlySet<number> = new Set()

/** Indices of the tasks that wait for the reply of a model. */
export function useOpenCalls(): ReadonlySet<number> {
  const read = useMemo(() => createLogReader(nobody, openCall), [])
  return useRunLog(read)
}

function openCall(asking: ReadonlySet<number>, event: RecordedEvent): ReadonlySet<number> {
  switch (event.type) {
    case 'ModelCallStarted':
      return new Set([...asking, event.data.taskIndex])
    case 'ModelCallFinished':
    case 'ModelCallFailed':
    case 'TaskClaimed':
    case 'TaskCancelled':
      return asking.has(event.data.taskIndex)
        ? new Set([...asking].filter(one => one !== event.data.taskIndex))
        : asking
    default:
      return asking
  }
}
