/** What was decided about money in a run, and why it stopped. */
import type { RecordedEvent } from '../../../domain/run/events.ts'

/** null: it has nothing to do with money or with stopping. */
export function decisionOf(event: RecordedEvent): { text: string; stops: boolean } | null {
  switch (event.type) {
    case 'ApprovalRequested':
      return event.data.approvalKind === 'budget' ? { text: event.data.title, stops: true } : null
    case 'ModelFellBack':
      return {
        text: `${event.data.model} instead of ${event.data.fromModel}: ${event.data.reason}`,
        stops: false,
      }
    case 'TaskFailed':
    case 'TaskBlocked':
      return event.data.error.code === 'BUDGET_EXCEEDED' ? { text: event.data.error.message, stops: true } : null
    case 'RunPaused':
      return { text: event.data.reason || 'paused', stops: true }
    case 'RunResumed':
      return { text: event.data.reason || 'resumed', stops: false }
    case 'RunReopened':
      return { text: event.data.reason || 'taken up again', stops: false }
    case 'RunFailed':
      return { text: event.data.error.message, stops: true }
    case 'RunCancelled':
      return { text: event.data.reason || 'cancelled', stops: true }
    default:
      return null
  }
}
