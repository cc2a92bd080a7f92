/** What an event says, in one line, and in which tone. Total over the vocabulary: a new type does not compile until it stands here. */
import type { RecordedEvent } from '../../../domain/run/events.ts'
import { counted, formatBytes, formatClock, formatSpan } from '../../lib/format.ts'
import type { Tone } from '../../ui/status.tsx'

export type Line = { tone: Tone; text: string }

export function describe(event: RecordedEvent): Line {
  switch (event.type) {
    case 'RunStarted':
      return { tone: 'active', text: `${event.data.workflow} v${event.data.workflowVersion}: ${event.data.title}` }
    case 'TaskPlanned':
      return { tone: 'idle', text: event.data.uses }
    case 'TaskReady':
      return {
        tone: 'ready',
        text: event.data.attempt > 1 ? `attempt ${event.data.attempt}` : 'all that it needs is there',
      }
    case 'TaskClaimed':
      return { tone: 'active', text: `by ${event.data.worker}, epoch ${event.data.epoch}` }
    case 'ToolCallStarted':
      return { tone: 'active', text: `${event.data.tool}: ${event.data.summary}` }
    case 'ToolCallFinished': {
      const { tool, exitCode, durationMs } = event.data
      const failed = exitCode !== null && exitCode !== 0
      return {
        tone: failed ? 'wait' : 'idle',
        text: `${tool} in ${formatSpan(durationMs)}${exitCode === null ? '' : `, exit ${exitCode}`}`,
      }
    }
    case 'ArtifactCreated':
      return { tone: 'good', text: `${event.data.kind}: ${event.data.title} (${formatBytes(event.data.size)})` }
    case 'TaskSucceeded':
      return { tone: 'good', text: event.data.attempt > 1 ? `at attempt ${event.data.attempt}` : '' }
    case 'TaskAttemptFailed':
      return { tone: 'wait', text: `attempt ${event.data.attempt}: ${event.data.error.message}` }
    case 'RetryScheduled':
      return {
        tone: 'wait',
        text: `attempt ${event.data.attempt}${event.data.dueAt === null ? '' : ` at ${formatClock(event.data.dueAt)}`}`,
      }
    case 'TaskFailed':
      return { tone: 'bad', text: event.data.error.message }
    case 'TaskBlocked':
      return { tone: 'blocked', text: event.data.error.message }
    case 'TaskSkipped':
    case 'TaskCancelled':
    case 'TaskReset':
      return { tone: 'idle', text: event.data.reason }
    case 'TaskReleased':
      return { tone: 'wait', text: event.data.reason }
    case 'LeaseExpired':
      return { tone: 'wait', text: `${event.data.worker} was not heard of in time` }
    case 'TaskExpanded':
      return { tone: 'ready', text: `into ${counted(event.data.count, 'task')}` }
    case 'ChildRunStarted':
      return { tone: 'active', text: event.data.childRunId }
    case 'RunPaused':
      return { tone: 'paused', text: event.data.reason }
    case 'RunResumed':
    case 'RunReset':
    case 'RunReopened':
      return { tone: 'active', text: event.data.reason }
    case 'RunSucceeded':
      return { tone: 'good', text: '' }
    case 'RunFailed':
      return { tone: 'bad', text: event.data.error.message }
    case 'RunCancelled':
      return { tone: 'idle', text: event.data.reason }
  }
}
