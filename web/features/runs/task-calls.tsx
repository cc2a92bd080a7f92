import { useMemo } from 'react'
import type { RecordedEvent } from '../../../domain/run/events.ts'
import { taskOf } from '../../lib/event-task.ts'
import { formatCount, formatSpan } from '../../lib/format.ts'
import { createLogReader, type LogReader } from '../../lib/log-fold.ts'
import { useTask, useTaskLog } from '../../lib/run-context.ts'
import { Section } from '../../ui/panel.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import { Span } from '../../ui/time.tsx'
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
/** More are kept than shown: a lost worker's last calls are repeated, and take the places of the lost ones. */
const keptCalls = shownCalls * 2

/** The journal of a task: what it did, call by call. */
export function TaskCalls({ index }: { index: number }) {
  const read = useMemo(() => createCallReader(index), [index])
  const { calls, total } = useTaskLog(index, read)
  const epoch = useTask(index)?.epoch
  if (calls.length === 0) return null
  return (
    <Section title="Calls" aside={total > shownCalls ? `the last ${shownCalls} of ${formatCount(total)}` : total}>
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

type Calls = { readonly calls: readonly Call[]; readonly total: number }

/** Reads the newest calls of a task out of the log of its run; the same object while nothing was added. */
export const createCallReader = (index: number): LogReader<Calls> =>
  createLogReader<Calls>({ calls: [], total: 0 }, (read, event) =>
    event.type.startsWith('ToolCall') && taskOf(event) === index ? withCall(read, event) : read,
  )

/** A call that a later attempt repeats replaces the earlier one. */
function withCall({ calls, total }: Calls, event: RecordedEvent): Calls {
  if (event.type === 'ToolCallStarted') {
    const { call, tool, summary } = event.data
    const before = calls.filter(one => one.call < call)
    const begun = { call, tool, summary, startedAt: event.at, durationMs: null, exitCode: null }
    return { calls: [...before.slice(-keptCalls), begun], total: total - (calls.length - before.length) + 1 }
  }
  if (event.type !== 'ToolCallFinished') return { calls, total }
  const { call, durationMs, exitCode } = event.data
  return { calls: calls.map(one => (one.call === call ? { ...one, durationMs, exitCode } : one)), total }
}
