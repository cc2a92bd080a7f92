/** From what the API sends to what the domain folds. */
import { fromGlobalId } from '../../domain/ids.ts'
import type { RecordedEvent } from '../../domain/run/events.ts'
import type { RunEventsSubscription } from '../gql/graphql.ts'

type WireEvent = RunEventsSubscription['runEvents']['events'][number]

/** The server speaks the newest vocabulary and checked it on writing; what is unknown here is found out by `evolve`. */
export function toRecordedEvent(event: WireEvent): RecordedEvent {
  return {
    type: event.type,
    data: event.data,
    runId: fromGlobalId(event.runId).uuid,
    seq: event.seq,
    at: Date.parse(event.at),
    actor: { kind: event.actor.kind.toLowerCase(), id: event.actor.id, name: event.actor.name },
    correlationId: event.correlationId,
    causationSeq: event.causationSeq,
  } as RecordedEvent
}
