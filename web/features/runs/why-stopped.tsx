import { useMemo } from 'react'
import type { RecordedEvent } from '../../../domain/run/events.ts'
import { EventsLink } from '../../lib/events-link.tsx'
import { createLogReader } from '../../lib/log-fold.ts'
import { useRun, useRunLog } from '../../lib/run-context.ts'
import { Inert } from '../../ui/inert.tsx'
import css from './run-header.module.css'

type Stop = { readonly seq: number; readonly by: string; readonly text: string }

/** Why the run does not go on, in the words of the event that stopped it. */
export function WhyStopped() {
  const read = useMemo(() => createLogReader<Stop | null>(null, stopOf), [])
  const stop = useRunLog(read)
  const status = useRun(run => run?.status)
  if (stop === null || status === undefined || status === 'RUNNING' || status === 'SUCCEEDED') return null
  return (
    <p className={css.why}>
      <span className={css.whyText}>
        {stop.by}: <Inert text={stop.text} limit={300} />
      </span>
      <EventsLink seq={stop.seq}>event {stop.seq}</EventsLink>
    </p>
  )
}

/** The newest event that stopped it; null once it goes on. */
export function stopOf(stop: Stop | null, event: RecordedEvent): Stop | null {
  const { seq, actor } = event
  switch (event.type) {
    case 'RunPaused':
    case 'RunCancelled':
      return { seq, by: actor.name, text: event.data.reason || 'no reason was given' }
    case 'RunFailed':
      return { seq, by: 'Failed', text: event.data.error.message }
    case 'ApprovalRequested':
      return { seq, by: 'Waits for a person', text: event.data.title }
    case 'RunResumed':
    case 'RunReopened':
    case 'ApprovalAnswered':
    case 'ApprovalWithdrawn':
    case 'ApprovalExpired':
      return null
    default:
      return stop
  }
}
