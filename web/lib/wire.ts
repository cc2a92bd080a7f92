/** From what the API sends to what the domain folds. */
import { fromGlobalId } from '../../domain/ids.ts'
import type { Actor, RecordedEvent } from '../../domain/run/events.ts'
import type { RunEventsSubscription } from '../gql/graphql.ts'

type WireEvent = RunEventsSubscription['runEvents']['events'][number]

/**
 * The server speaks the newest vocabulary and checked it on writing; what is unknown here is found out by `evolve`. Events of
 * one run say the same names over and over: each is kept once, or they would take more room than what happened.
 */
export function createEventReader(): (event: WireEvent) => RecordedEvent {
  const uuids = remember((id: string) => fromGlobalId(id).uuid)
  const words = remember((word: string) => word)
  const actors = remember((key: string): Actor => {
    const [kind = '', id = '', name = ''] = JSON.parse(key) as string[]
    return { kind: kind.toLowerCase(), id, name } as Actor
  })
  return event => {
    return {
      type: words(event.type),
      data: event.data,
      runId: uuids(event.runId),
      seq: event.seq,
      at: Date.parse(event.at),
      actor: actors(JSON.stringify([event.actor.kind, event.actor.id, event.actor.name])),
      correlationId: words(event.correlationId),
      causationSeq: event.causationSeq,
    } as RecordedEvent
  }
}

/** Texts that are remembered at once: of a long run with more of them, those that come later are remembered instead. */
const remembered = 1_000

function remember<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return text => {
    const found = known.get(text)
    if (found !== undefined) return found
    if (known.size >= remembered) known.clear()
    const made = make(text)
    known.set(text, made)
    return made
  }
}
