import { Link } from '@tanstack/react-router'
import { type ReactNode, useCallback } from 'react'
import type { EventType } from '../../domain/run/events.ts'
import css from './events-link.module.css'
import { useRun } from './run-context.ts'

/** What of a run's address names events. */
type RunAddress = {
  q?: string
  types?: string
  of?: number
  agent?: string
  corr?: string
  since?: number
  seq?: number
  task?: number
}

type Props = {
  types?: readonly EventType[]
  /** Index of the task that they are about. */
  task?: number | null
  /** Of all tasks that use this agent. */
  agent?: string
  /** Part of their line. */
  text?: string
  /** The one event that it is; the others only surround it. */
  seq?: number
  title?: string
  children: ReactNode
}

/** Of a fork, money and calls are its own: those that it inherited were made and paid for by another run. */
const ownTypes: readonly EventType[] = ['ModelCallStarted', 'ModelCallFinished', 'ModelCallFailed']

/** From a figure to the events that it was counted from: of a run's page, at the moment that is shown. */
export function EventsLink({ types = [], task = null, agent, text = '', seq, title, children }: Props) {
  const named = types.join(',')
  const forkedAt = useRun(run => run?.forkedFrom?.seq ?? 0)
  const since = types.some(type => ownTypes.includes(type)) ? forkedAt : 0
  // One and the same while it leads to the same place: for a new one, the link works out its address anew.
  const search = useCallback(
    ({
      q: _q,
      types: _types,
      of: _of,
      agent: _agent,
      corr: _corr,
      since: _since,
      seq: _seq,
      task: _task,
      ...rest
    }: RunAddress) => ({
      ...rest,
      tab: 'events' as const,
      ...(named === '' ? {} : { types: named }),
      ...(task === null ? {} : { of: task }),
      ...(agent === undefined ? {} : { agent }),
      ...(since === 0 ? {} : { since }),
      ...(text === '' ? {} : { q: text }),
      ...(seq === undefined ? {} : { seq }),
    }),
    [named, task, agent, since, text, seq],
  )
  return (
    <Link from="/runs/$runId" to="." className={css.link} title={title ?? 'The events that say so'} search={search}>
      {children}
    </Link>
  )
}
