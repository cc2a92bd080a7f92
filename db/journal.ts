/** The journal of one task, read back: the calls whose results were recorded in an attempt. */
import type { Json } from '../domain/json.ts'
import type { RecordedCall } from '../domain/ports.ts'
import type { EventData, RunEvent } from '../domain/run/events.ts'
import { upcast, upgradeRequired } from '../domain/run/upcast.ts'
import type { Sql } from './connect.ts'

/**
 * In order, from call 0 on without gaps. Outputs are as they stand in the events, references to blobs included. Only the
 * first `calls` of them count, and of each the newest: the end of a journal that a fork did not take over was made anew.
 */
export async function recordedCalls(
  sql: Sql,
  task: { runId: string; taskIndex: number; attempt: number; calls: number },
): Promise<RecordedCall[]> {
  const rows = await sql<{ type: string; v: number; data: { readonly [key: string]: Json } }[]>`
    select type, v, data from events
    where run_id = ${task.runId} and task_index = ${task.taskIndex} and type in ('ToolCallFinished', 'ModelCallFinished') and (data ->> 'attempt')::int = ${task.attempt}
      and seq > coalesce((
        select attempt_seq from tasks where run_id = ${task.runId} and index = ${task.taskIndex} and attempt = ${task.attempt}), 0)
    order by seq`
  const found: RecordedCall[] = []
  for (const row of rows) {
    const event = upcast(row)
    if (event === null) throw upgradeRequired(row, `a tool call of run ${task.runId}`)
    const call = callOf(event)
    if (call !== null && call.call < task.calls) found[call.call] = call
  }
  return found
}

/** The call whose result an event records; null where it records none. */
export function callOf(event: RunEvent): RecordedCall | null {
  if (event.type === 'ModelCallFinished') return modelCall(event.data)
  if (event.type !== 'ToolCallFinished') return null
  const { call, tool, output, outputHash, treeHash } = event.data
  return { call, tool, output, outputHash, treeHash }
}

/** A model call under the name `model`; queues/model-calls.ts knows its shape. */
function modelCall(data: EventData<'ModelCallFinished'>): RecordedCall {
  const { call, output: body, stopReason, model, simulated, costMicros, certainty, contextTokens } = data
  const usage = {
    input: data.inputTokens,
    cacheRead: data.cacheReadTokens,
    cacheWrite: data.cacheWriteTokens,
    output: data.outputTokens,
    reasoning: data.reasoningTokens,
  }
  const output = { body, stopReason, usage, model, simulated, costMicros, certainty, contextTokens }
  return { call, tool: 'model', output, outputHash: null, treeHash: null }
}
