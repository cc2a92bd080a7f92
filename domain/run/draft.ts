/** A decision in the making: events are folded as they are emitted, so that what follows sees what was decided before. */
import type { CommandMeta } from './commands.ts'
import type { RecordedEvent, RunEvent } from './events.ts'
import { evolve, type Run } from './state.ts'

export type Draft = { readonly run: Run; readonly events: readonly RecordedEvent[]; emit(...events: RunEvent[]): void }

/** Of a new run, `run` is there only once its first event was emitted. */
export function createDraft(runId: string, before: Run | null, meta: CommandMeta): Draft {
  const events: RecordedEvent[] = []
  // A getter for `run` would give each draft a shape of its own, and deciding a tool call took 4 µs more for it.
  const draft = { run: before as Run, events, emit }
  return draft

  function emit(...added: RunEvent[]): void {
    for (const event of added) {
      const run: Run | null = draft.run
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
      draft.run = evolve(run, recorded)
      events.push(recorded)
    }
  }
}

/** The first event of a decision was led to by the newest one about the same task; the others were led to by the first. */
function cause(run: Run | null, event: RunEvent): number | null {
  if (run === null || !('taskIndex' in event.data)) return null
  return run.tasks[event.data.taskIndex]?.lastSeq ?? null
}
