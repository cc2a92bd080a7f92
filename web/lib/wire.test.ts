import { expect, test } from 'vitest'
import { toGlobalId } from '../../domain/ids.ts'
import { createHistory, workflows } from '../../domain/run/history.ts'
import { createEventReader } from './wire.ts'

const history = createHistory(workflows.diamond, {
  start: { now: 1_000, actor: { kind: 'person', id: 'owner', name: 'Owner' } },
})
history.claim(0)
history.finish(0)

/** As JSON brings it: nothing of one event is an object of another. */
const sent = () =>
  history.events.map(event =>
    JSON.parse(
      JSON.stringify({
        ...event,
        runId: toGlobalId('Run', event.runId),
        at: new Date(event.at).toISOString(),
        actor: { ...event.actor, kind: event.actor.kind.toUpperCase() },
      }),
    ),
  )

test('what was sent is read as it was recorded', () => {
  const read = createEventReader()
  const told = ({
    type,
    data,
    runId,
    seq,
    at,
    actor,
    correlationId,
    causationSeq,
  }: (typeof history.events)[number]) => ({
    ...{ type, data, runId, seq, at, actor, correlationId, causationSeq },
  })
  expect(sent().map(read)).toEqual(history.events.map(told))
})

test('whoever acts often is kept once', () => {
  const read = createEventReader()
  const events = sent().map(read)
  const actors = new Set(events.map(({ actor }) => actor))
  const names = new Set(events.map(({ actor }) => `${actor.kind} ${actor.id} ${actor.name}`))
  expect(names.size).toBeLessThan(events.length)
  expect(actors.size).toBe(names.size)
})

test('more of them than are remembered are read right nevertheless', () => {
  const read = createEventReader()
  const [first] = sent()
  for (let number = 0; number < 2_500; number++)
    expect(read({ ...first, actor: { kind: 'AGENT', id: `agent-${number}`, name: '"' } }).actor).toEqual({
      ...{ kind: 'agent', id: `agent-${number}`, name: '"' },
    })
})
