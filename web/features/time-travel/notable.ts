/** What one looks for on the way through a run: where something went wrong, waited, was made or ended. */
import type { EventType, RecordedEvent } from '../../../domain/run/events.ts'
import type { Tone } from '../../ui/status.tsx'

const tones: Partial<Record<EventType, Tone>> = {
  RunStarted: 'active',
  RunFailed: 'bad',
  RunCancelled: 'idle',
  RunSucceeded: 'good',
  RunPaused: 'paused',
  RunResumed: 'active',
  RunReopened: 'active',
  TaskFailed: 'bad',
  TaskBlocked: 'blocked',
  TaskAttemptFailed: 'wait',
  LeaseExpired: 'wait',
  TaskSentBack: 'wait',
  ModelCallFailed: 'wait',
  ApprovalRequested: 'wait',
  ApprovalAnswered: 'good',
  ApprovalExpired: 'bad',
  HandoffOffered: 'active',
  ArtifactCreated: 'good',
  ChangeMerged: 'good',
  MergeConflicted: 'wait',
}

/** null: nothing to look for. */
export const toneOfNotable = (event: RecordedEvent): Tone | null => tones[event.type] ?? null
export const isNotable = (event: RecordedEvent): boolean => tones[event.type] !== undefined

/** The worse a thing is, the less it may be hidden behind another one in the same place. */
export const gravity: readonly Tone[] = ['idle', 'active', 'ready', 'good', 'paused', 'wait', 'blocked', 'bad']
