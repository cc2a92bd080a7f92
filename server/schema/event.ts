/** `RunEvent` and one object type for each event type. All of it resolves from the event alone, without a query. */

import { type NodeType, toGlobalId } from '../../domain/ids.ts'
import type { Json } from '../../domain/json.ts'
import { type Actor, type EventType, eventSchemas, eventTypes, type RecordedEvent } from '../../domain/run/events.ts'
import { builder } from './builder.ts'
import { eventDescriptions } from './event-descriptions.ts'
import { type EventField, eventField } from './event-fields.ts'
import { FailureRef } from './failure.ts'

const ActorRef = builder.objectRef<Actor>('Actor').implement({
  description:
    'A person acts through a session, a program through a key, an agent through its worker; the engine is the rest.',
  fields: t => ({
    kind: t.field({
      type: builder.enumType('ActorKind', {
        values: {
          PERSON: { value: 'person' },
          KEY: { value: 'key' },
          AGENT: { value: 'agent' },
          ENGINE: { value: 'engine' },
        } as const,
      }),
      resolve: actor => actor.kind,
    }),
    id: t.exposeString('id'),
    name: t.exposeString('name'),
  }),
})

type Fields = { readonly [name: string]: Json }
const dataOf = (event: RecordedEvent): Fields => event.data as unknown as Fields
const numberIn = (event: RecordedEvent, name: string): number | null => {
  const value = dataOf(event)[name]
  return typeof value === 'number' ? value : null
}

export const RunEventRef = builder.interfaceRef<RecordedEvent>('RunEvent').implement({
  description: 'A fact of a run. The same field name has the same type in every event type.',
  resolveType: event => (Object.hasOwn(eventSchemas, event.type) ? event.type : 'UnknownEvent'),
  fields: t => ({
    type: t.string({
      description: 'Name of the event type; `__typename` is the same, except for an UnknownEvent.',
      resolve: event => event.type,
    }),
    runId: t.id({ resolve: event => toGlobalId('Run', event.runId) }),
    seq: t.exposeInt('seq', { description: '1, 2, 3 … without gaps within a run.' }),
    at: t.expose('at', { type: 'DateTime' }),
    taskIndex: t.int({
      nullable: true,
      description: 'The task that it is about.',
      resolve: event => numberIn(event, 'taskIndex'),
    }),
    attempt: t.int({
      nullable: true,
      description: 'The try that it is about, from 1.',
      resolve: event => numberIn(event, 'attempt'),
    }),
    actor: t.field({ type: ActorRef, description: 'Who caused it.', resolve: event => event.actor }),
    correlationId: t.exposeString('correlationId', {
      description: 'Follows a request through everything that it caused.',
    }),
    causationSeq: t.exposeInt('causationSeq', {
      nullable: true,
      description: 'The event of this run that led to this one.',
    }),
    data: t.field({
      type: 'JSON',
      description: 'Everything that it carries: what `evolve` folds.',
      resolve: event => dataOf(event),
    }),
  }),
})

/** Fields of the data that the interface has already. */
const inherited = ['taskIndex', 'attempt']

for (const type of eventTypes) defineEvent(type)

builder.objectType(builder.objectRef<RecordedEvent>('UnknownEvent'), {
  name: 'UnknownEvent',
  description: 'An event of a newer version: `type` and `data` as they were stored.',
  interfaces: [RunEventRef],
  isTypeOf: value => !Object.hasOwn(eventSchemas, (value as RecordedEvent).type),
})

function defineEvent(type: EventType): void {
  const shape = Object.entries(eventSchemas[type].shape).filter(([name]) => !inherited.includes(name))
  builder.objectType(builder.objectRef<RecordedEvent>(type), {
    name: type,
    description: eventDescriptions[type],
    interfaces: [RunEventRef],
    isTypeOf: value => (value as RecordedEvent).type === type,
    fields: t =>
      Object.fromEntries(
        shape.map(([name, schema]) => {
          const field = eventField(schema, `${type}.${name}`)
          const scalar = field.type === 'Failure' ? FailureRef : field.type
          return [
            name,
            t.field({
              type: field.list ? [scalar] : scalar,
              nullable: field.nullable,
              resolve: event => shown(name, dataOf(event)[name] ?? null, field) as never,
            }),
          ]
        }),
      ),
  })
}

/** What the UUIDs in events are the ids of. */
const idFields: Readonly<Record<string, NodeType>> = {
  organisationId: 'Organisation',
  projectId: 'Project',
  parentRunId: 'Run',
  childRunId: 'Run',
  fromRunId: 'Run',
  forkRunId: 'Run',
  artifactId: 'Artifact',
}

function shown(name: string, value: Json, field: EventField): Json {
  const type = idFields[name]
  return field.type === 'ID' && type !== undefined && typeof value === 'string' ? toGlobalId(type, value) : value
}
