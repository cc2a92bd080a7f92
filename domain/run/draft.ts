/** A decision in the making: events are folded as they are emitted, so that what follows sees what was decided before. */
import type { CommandMeta } from './commands.ts'
import type { RecordedEvent, RunEvent } from './events.ts'
import { evolve, type Run } from './state.ts'

export type Draft = { readonly run: Run; readonly events: readonly RecordedEvent[]; emit(...events: RunEvent[]): void }

/** `run` must not be null once the first event was emitted. */
export function createDraft(runId: string, before: Run | null, meta: CommandMeta): Draft {
  const events: RecordedEvent[] = []
  let run = before
  return {
    events,
    get run() {
      if (run === null) throw new Error('a draft of a new run begins with RunStarted')
      return run
    },
    emit(...added) {
      for (const event of added) {
        // Type and data stay the pair that they were; written out, because spreading a union is slow on this hottest path.
        const recorded = {
          type: event.type,
          data: event.data,
          runId,
          seq: (run?.head ?? 0) + 1,
          at: meta.now,
          actor: meta.actor,
          correlationId: meta.correlationId ?? run?.correlationId ?? meta.commandId,
          causationSeq: events[0]?.seq ?? cause(run, event),
        } as RecordedEvent
        run = evolve(run, recorded)
        events.push(recorded)
      }
    },
  }
}

/** The first event of a decision was led to by the newest one about the same task; the others were led to by the first. */
function cause(run: Run | null, event: RunEvent): number | null {
  if (run === null || !('taskIndex' in event.data)) return null
  return run.tasks[event.data.taskIndex]?.lastSeq ?? null
}
