import { useMemo } from 'react'
import type { RecordedEvent } from '../../../domain/run/events.ts'
import type { EventLog } from '../../lib/event-log.ts'
import { formatSpan } from '../../lib/format.ts'
import { useSelected } from '../../lib/hooks.ts'
import { createLogFilter } from '../../lib/log-filter.ts'
import { Section } from '../../ui/panel.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import { Span } from '../../ui/time.tsx'
import { useRunStore, useTask } from './run-context.ts'
import css from './task-calls.module.css'

export type Call = {
  call: number
  tool: string
  summary: string
  startedAt: number
  durationMs: number | null
  exitCode: number | null
}

/** Newest calls only: an agent may make thousands. */
const shownCalls = 50

/** The journal of a task: what it did, call by call. */
export function TaskCalls({ index }: { index: number }) {
  const read = useMemo(() => createCallReader(index), [index])
  const calls = useSelected(useRunStore(), view => read(view.log))
  const epoch = useTask(index)?.epoch
  if (calls.length === 0) return null
  return (
    <Section
      title="Calls"
      aside={calls.length > shownCalls ? `the last ${shownCalls} of ${calls.length}` : calls.length}
    >
      <ol className={css.calls}>
        {calls.slice(-shownCalls).map(call => (
          <li key={`${epoch}-${call.call}`} className={css.call}>
            <StatusIcon
              status={call.durationMs === null ? 'CLAIMED' : (call.exitCode ?? 0) === 0 ? 'SUCCEEDED' : 'WAITING'}
              size={14}
            />
            <code className={css.tool}>{call.tool}</code>
            <span className={css.summary} title={call.summary}>
              {call.summary}
            </span>
            <span className={css.took}>
              {call.exitCode === null || call.exitCode === 0 ? null : (
                <span className={css.exit}>exit {call.exitCode}</span>
              )}
              {call.durationMs === null ? <Span from={call.startedAt} to={null} /> : formatSpan(call.durationMs)}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}

/** Reads the calls of a task out of a growing log, each event once; the same array while nothing was added. */
export function createCallReader(index: number): (log: EventLog) => readonly Call[] {
  const about = createLogFilter(
    event => event.type.startsWith('ToolCall') && 'taskIndex' in event.data && event.data.taskIndex === index,
  )
  let read = 0
  let calls: readonly Call[] = []
  return log => {
    const places = about(log)
    for (; read < places.length; read++) calls = withCall(calls, log.at(places[read] ?? 0))
    return calls
  }
}

/** A call that a later attempt repeats replaces the earlier one. */
function withCall(calls: readonly Call[], event: RecordedEvent): readonly Call[] {
  if (event.type === 'ToolCallStarted') {
    const { call, tool, summary } = event.data
    return [
      ...calls.filter(one => one.call < call),
      { call, tool, summary, startedAt: event.at, durationMs: null, exitCode: null },
    ]
  }
  if (event.type !== 'ToolCallFinished') return calls
  const { call, durationMs, exitCode } = event.data
  return calls.map(one => (one.call === call ? { ...one, durationMs, exitCode } : one))
}
