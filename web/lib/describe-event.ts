/** What an event says, in one line, and in which tone. Total over the vocabulary: a new type does not compile until it stands here. */
import type { RecordedEvent } from '../../domain/run/events.ts'
import type { Tone } from '../ui/status.tsx'
import { counted, formatBytes, formatClock, formatCount, formatMoney, formatSpan } from './format.ts'

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
    case 'ModelRouted':
      return { tone: 'idle', text: `${event.data.model} with probability ${event.data.propensity.toFixed(2)}` }
    case 'ModelFellBack':
      return { tone: 'wait', text: `${fallenBackTo(event.data)}: ${event.data.reason}` }
    case 'ModelCallStarted':
      return { tone: 'active', text: `${event.data.purpose} on ${modelOf(event.data)}` }
    case 'ModelCallFinished': {
      const { inputTokens, outputTokens, costMicros, durationMs } = event.data
      const tokens = `${formatCount(inputTokens)} tokens in, ${formatCount(outputTokens)} out`
      return {
        tone: 'idle',
        text: `${modelOf(event.data)}: ${tokens}, ${formatMoney(costMicros)}, ${formatSpan(durationMs)}`,
      }
    }
    case 'ModelCallFailed':
      return { tone: 'wait', text: `${modelOf(event.data)}: ${event.data.error.message}` }
    case 'TaskSuspended':
      return {
        tone: 'wait',
        text: event.data.forApprovalId === null ? 'waits for another task' : 'waits for an answer',
      }
    case 'ApprovalRequested':
      return { tone: 'wait', text: event.data.title }
    case 'ApprovalVoted':
      return { tone: 'wait', text: `${event.actor.name} said yes; it waits for more` }
    case 'ApprovalAnswered':
      return { tone: 'good', text: `${event.actor.name} answered` }
    case 'ApprovalEscalated':
      return { tone: 'wait', text: 'nobody answered in time; others are asked' }
    case 'ApprovalExpired':
    case 'ApprovalWithdrawn':
      return { tone: 'idle', text: event.data.reason }
    case 'HandoffOffered':
      return { tone: 'active', text: `to ${event.data.agent}: ${event.data.goal}` }
    case 'HandoffAccepted':
      return { tone: 'good', text: '' }
    case 'HandoffRefused':
    case 'HandoffTimedOut':
      return { tone: 'wait', text: event.data.reason }
    case 'MessageSent':
      return { tone: 'active', text: `${event.data.sender} to ${event.data.recipient}` }
    case 'MessageHandled':
      return { tone: 'idle', text: '' }
    case 'TaskSentBack':
      return { tone: 'wait', text: `round ${event.data.round}: ${event.data.reason}` }
    case 'ChangeMerged':
      return { tone: 'good', text: `${counted(event.data.files, 'file')} as ${event.data.trunkCommit.slice(0, 10)}` }
    case 'MergeConflicted': {
      const { files, paths, trunkCommit } = event.data
      return {
        tone: 'wait',
        text: `${counted(files, 'file')} against ${trunkCommit.slice(0, 10)}: ${paths.join(', ')}`,
      }
    }
    case 'RunPaused':
      return { tone: 'paused', text: event.data.reason }
    case 'RunResumed':
    case 'RunReset':
    case 'RunReopened':
      return { tone: 'active', text: event.data.reason }
    case 'RunForked':
      return { tone: 'active', text: `another run up to event ${event.data.atSeq}, this one from here on` }
    case 'RunSucceeded':
      return { tone: 'good', text: '' }
    case 'RunFailed':
      return { tone: 'bad', text: event.data.error.message }
    case 'RunCancelled':
      return { tone: 'idle', text: event.data.reason }
  }
}

const modelOf = ({ model, simulated }: { model: string; simulated: boolean }): string =>
  simulated && !model.startsWith('simulated') ? `${model} (simulated)` : model

/** Where no other model is left, the same one is asked again after a pause. */
const fallenBackTo = ({ model, fromModel }: { model: string; fromModel: string }): string =>
  model === fromModel ? `${model} again` : `${model} instead of ${fromModel}`
