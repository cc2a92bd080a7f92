/** A run as it is, event by event: the fold of what arrives, and what each task is at right now. */

import type { RecordedEvent } from '../domain/run/events.ts'
import { evolve, isRunEnded, type Run } from '../domain/run/state.ts'
import { type Client, refusal } from './client.ts'
import { type EventBatch, type FollowOptions, followEvents, toRecorded } from './events.ts'
import { CliError } from './exit.ts'
import { graphql } from './gql/gql.ts'

/** The tool call that a task is at. `since`: milliseconds since 1970. */
export type Call = { tool: string; summary: string; since: number }

export type Followed = {
  run: Run
  calls: ReadonlyMap<number, Call>
  /** What this batch brought. */
  events: readonly RecordedEvent[]
  head: number
  status: EventBatch['status']
}

const RunNow = graphql(`
  query RunNow($id: ID!, $newest: Int!) {
    run(id: $id) {
      stateAt(seq: $newest) { data }
      events(last: 100, types: ["ToolCallStarted", "ToolCallFinished"]) { nodes { ...SentEvent } }
    }
  }
`)
/** A seq that no run reaches: the server keeps seqs as 32-bit integers. */
const newest = 2 ** 31 - 1

/** A run as it is now, folded by the server with the same `evolve`: however long it is, that is one answer. Throws CliError. */
export async function readRun(client: Client, runId: string): Promise<Followed> {
  const { run: found } = await client.query(RunNow, { id: runId, newest })
  const run = (found?.stateAt?.data ?? null) as Run | null
  if (found === null || run === null) throw refusal('NOT_FOUND', `there is no run ${runId}`)
  const calls = new Map<number, Call>()
  for (const event of found.events.nodes.map(toRecorded)) note(calls, event)
  return { run, calls, events: [], head: run.head, status: isRunEnded(run.status) ? 'ENDED' : 'LIVE' }
}

/** As `followEvents`, folded: from the first event on, or from a state that is known. */
export async function* followRun(
  options: Omit<FollowOptions, 'after'>,
  known: Followed | null = null,
): AsyncGenerator<Followed> {
  let run = known?.run ?? null
  const calls = new Map(known?.calls)
  for await (const { events, head, status } of followEvents({ ...options, after: run?.head ?? 0 })) {
    for (const event of events) {
      run = next(run, event)
      note(calls, event)
    }
    if (run !== null) yield { run, calls, events, head, status }
  }
}

export const isCaughtUp = (status: EventBatch['status']): boolean => status === 'LIVE' || status === 'ENDED'

function next(run: Run | null, event: RecordedEvent): Run {
  try {
    return evolve(run, event)
  } catch (cause) {
    throw new CliError(`event ${event.seq} (${event.type}) cannot be understood.`, {
      hint: 'This command line is older than the server: update it. `orrery export` works all the same.',
      cause,
    })
  }
}

function note(calls: Map<number, Call>, event: RecordedEvent): void {
  if (event.type === 'ToolCallStarted') {
    const { tool, summary, taskIndex } = event.data
    calls.set(taskIndex, { tool, summary, since: event.at })
  } else if ('taskIndex' in event.data && event.type !== 'ArtifactCreated') calls.delete(event.data.taskIndex)
}
