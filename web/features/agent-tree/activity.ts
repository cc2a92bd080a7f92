/** What each task of a run did last, out of its events: the call that is under way, or the one that ended last. */
import type { RecordedEvent } from '../../../domain/run/events.ts'
import { taskOf } from '../../lib/event-task.ts'
import { createLogFold, type LogReader } from '../../lib/log-fold.ts'

export type Activity = {
  /** In a few words; empty before the first call. */
  readonly text: string
  /** The event that says so. */
  readonly seq: number
  readonly at: number
  /** A call of it is under way. */
  readonly open: boolean
  /** The one that was asked last. */
  readonly model: string | null
  readonly simulated: boolean
}

/** By the index of the task. */
export type Activities = readonly (Activity | undefined)[]

/** Its readers share what they have folded. */
export const createActivities = (): (() => LogReader<Activities>) => createLogFold<Activities>([], follow)

function follow(activities: Activities, event: RecordedEvent): Activities {
  const index = taskOf(event)
  const change = index === null ? null : changeOf(event)
  if (index === null || change === null) return activities
  const before = activities[index] ?? { text: '', open: false, model: null, simulated: false }
  const after = { ...before, ...change, seq: event.seq, at: event.at }
  return index < activities.length ? activities.with(index, after) : withPlace(activities, index, after)
}

function withPlace(activities: Activities, index: number, activity: Activity): Activities {
  const longer = [...activities]
  longer[index] = activity
  return longer
}

function changeOf(event: RecordedEvent): Partial<Activity> | null {
  switch (event.type) {
    case 'ModelCallStarted': {
      const { purpose, model, simulated } = event.data
      return { text: `asks for ${purpose}`, open: true, model, simulated }
    }
    case 'ModelCallFinished':
      return { text: `thought for ${(event.data.durationMs / 1_000).toFixed(1)} s`, open: false }
    case 'ModelCallFailed':
      return { text: event.data.error.message, open: false }
    case 'ToolCallStarted':
      return { text: `${event.data.tool}: ${event.data.summary}`, open: true }
    case 'ToolCallFinished': {
      const { tool, exitCode } = event.data
      return { text: exitCode === null ? tool : `${tool} ended with ${exitCode}`, open: false }
    }
    case 'MessageSent':
      return { text: `wrote to ${event.data.recipient}`, open: false }
    case 'HandoffOffered':
      return { text: `handed work to ${event.data.agent}`, open: false }
    case 'TaskSucceeded':
    case 'TaskFailed':
    case 'TaskBlocked':
    case 'TaskSuspended':
    case 'TaskAttemptFailed':
    case 'LeaseExpired':
      return { open: false }
    default:
      return null
  }
}
