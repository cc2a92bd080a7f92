/** A run as it is, event by event: the fold of what arrives, and what each task is at right now. */

import type { RecordedEvent } from '../domain/run/events.ts'
import { evolve, type Run } from '../domain/run/state.ts'
import { type EventBatch, type FollowOptions, followEvents } from './events.ts'
import { CliError } from './exit.ts'

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

/** As `followEvents`, folded. Begins at the first event. */
export async function* followRun(options: Omit<FollowOptions, 'after'>): AsyncGenerator<Followed> {
  let run: Run | null = null
  const calls = new Map<number, Call>()
  for await (const { events, head, status } of followEvents({ ...options, after: 0 })) {
    for (const event of events) {
      run = next(run, event)
      note(calls, event)
    }
    if (run !== null) yield { run, calls, events, head, status }
  }
}

/** The newest state: follows until the head, and no further. */
export async function readRun(options: Omit<FollowOptions, 'after' | 'signal'>): Promise<Followed> {
  const reading = new AbortController()
  try {
    for await (const followed of followRun({ ...options, signal: reading.signal }))
      if (isCaughtUp(followed.status)) return followed
  } finally {
    reading.abort()
  }
  throw new CliError(`the events of ${options.runId} ended before the newest one.`)
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
