import type { RecordedEvent } from '../../domain/run/events.ts'

/** The task that an event is about; null where it is about the run. */
export const taskOf = (event: RecordedEvent): number | null => ('taskIndex' in event.data ? event.data.taskIndex : null)
