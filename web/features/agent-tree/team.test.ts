import { expect, test } from 'vitest'
import { toGlobalId } from '../../../domain/ids.ts'
import { fold } from '../../../domain/run/state.ts'
import { windowOnto } from '../../lib/event-log.ts'
import { running } from '../../stories/histories.ts'
import { childRunId, team } from '../../stories/team.ts'
import { createActivities } from './activity.ts'
import { type Crew, membersOf, openChildren, waitingOf } from './team.ts'

function crewOf(events: ReturnType<typeof team>): Crew {
  const run = fold(null, events)
  if (run === null) throw new Error('the history is empty')
  return { run, activities: createActivities()()(windowOnto(events, events.length)) }
}
const crew = crewOf(team())
const child = toGlobalId('Run', childRunId)
const none = new Set<string>()
const shown = (members: ReturnType<typeof membersOf>) => members.map(one => `${' '.repeat(one.depth)}${one.task.key}`)

test('who was handed work stands below who handed it on', () => {
  const members = shown(membersOf(crew, none, () => null))
  expect(members.slice(3, 5)).toEqual(['limiter', ' limiter/handoff-9'])
  expect(members).toHaveLength(crew.run.tasks.length)
})

test('a sub-run is read when it is opened, and its agents stand below the task that it is', () => {
  const closed = membersOf(crew, none, () => null)
  expect(openChildren(closed)).toEqual([])
  const opened = new Set(closed.filter(one => one.child !== null).map(one => one.key))
  expect(openChildren(membersOf(crew, opened, () => null))).toEqual([child])
  const inner = crewOf(running())
  const all = membersOf(crew, opened, id => (id === child ? inner : null))
  expect(all).toHaveLength(crew.run.tasks.length + inner.run.tasks.length)
  expect(shown(all)).toContain(' checkout')
})

test('each says what it waits for', () => {
  const waits = Object.fromEntries(membersOf(crew, none, () => null).map(one => [one.task.key, waitingOf(one)]))
  expect(waits).toMatchObject({
    checkout: null,
    limiter: 'Make the test of the bucket hold',
    tests: 'Token bucket per key',
    review: 'Tests of the limits and Audit of what changed',
    audit: null,
  })
})

test('each says what it does now, and with which model', () => {
  const { activities, run } = crew
  const helper = run.tasks.findIndex(task => task.key === 'limiter/handoff-9')
  expect(activities[helper]).toMatchObject({ text: 'asks for turn 2', open: true, model: 'anthropic/claude-opus' })
  expect(activities[3]).toMatchObject({ text: 'handed work to debugger', open: false })
  for (const activity of activities) if (activity !== undefined) expect(activity.seq).toBeLessThanOrEqual(run.head)
})
