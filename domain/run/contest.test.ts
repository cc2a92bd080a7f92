/** Steps of a plan that are done several times, of which the best is kept, beside others that are done once. */
import { describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import { Plan } from '../work.ts'
import { createHistory, forkHistory, type History } from './history.ts'
import { fold } from './state.ts'
import { resolveInput } from './values.ts'

const planned = { agent: 'code-generator', acceptance: ['It works.'] }
const steps: Json = [
  { ...planned, key: 'base', title: 'Base', goal: 'Lay the base.' },
  { ...planned, key: 'hard', title: 'Hard', goal: 'Do the hard part.', needs: ['base'], consensus: 2 },
  { ...planned, key: 'last', title: 'Last', goal: 'Build on it.', needs: ['hard'] },
]

/** A plan that is carried out up to where its steps begin. */
function begun(plan: Json = steps): History {
  const history = createHistory({
    ...{ name: 'planned', version: 1, title: 'Planned', description: '', maxParallel: 20 },
    steps: [
      { key: 'plan', title: 'Plan', agent: 'project-manager' },
      {
        ...{ key: 'build', title: '{item.title}', agent: '{item.agent}', needs: ['plan'], graph: true },
        forEach: 'tasks.plan.output.steps',
        input: { objective: { $ref: 'item.goal' }, source: { $ref: 'tasks.plan.output.source' } },
      },
    ],
  })
  history.claim(0)
  history.finish(0, { steps: plan, source: 'tree' })
  return history
}

const task = ({ run }: History, key: string) => {
  const found = run.tasks.find(one => one.key === key)
  if (found === undefined) throw new Error(`there is no task ${key}`)
  return found
}
const ready = ({ run }: History) => run.tasks.filter(one => one.status === 'READY').map(({ key }) => key)
const statuses = (history: History, ...keys: string[]) => keys.map(key => task(history, `build/${key}`).status)
const inputOf = (history: History, key: string) => resolveInput(history.run, task(history, key))

function finish(history: History, key: string, output: Json): void {
  const { index } = task(history, key)
  history.claim(index)
  history.finish(index, output)
}
function fail(history: History, key: string): void {
  const { index } = task(history, key)
  history.claim(index)
  history.fail(index, false)
}

const candidates = ['build/hard/candidate-a', 'build/hard/candidate-b']
const judges = [1, 2, 3].map(number => `build/hard/judge-${number}`)

describe('a step that asks for a consensus', () => {
  it('opens a field for its role when what it needs is merged, and is what chooses', () => {
    const history = begun()
    expect(ready(history)).toEqual(['build/base'])
    // Elements stand together, in the order of the plan; helpers after them.
    expect(history.run.tasks.slice(2, 6).map(({ key }) => key)).toEqual([
      ...['build/base', 'build/hard', 'build/last', 'build/hard/field'],
    ])
    finish(history, 'build/base', {})
    expect(ready(history)).toEqual(['build/hard/field'])
    expect(task(history, 'build/hard/field').uses).toBe('consensus.open')
    const asked = { role: 'code-generator', candidates: 2, judges: 3, objective: 'Do the hard part.', source: 'tree' }
    expect(inputOf(history, 'build/hard/field')).toEqual(asked)
    finish(history, 'build/hard/field', { begun: 'here' })
    expect(ready(history)).toEqual(candidates)
    expect(inputOf(history, 'build/hard/candidate-b')).toEqual({ field: { begun: 'here' }, name: 'B' })
    finish(history, 'build/hard/candidate-a', { made: 'a' })
    // One that is lost leaves the others.
    fail(history, 'build/hard/candidate-b')
    expect(ready(history)).toEqual(judges)
    const made = { field: { begun: 'here' }, candidates: [{ made: 'a' }, null] }
    expect(inputOf(history, 'build/hard/judge-2')).toEqual({ ...made, name: 'Judge 2' })
    finish(history, 'build/hard/judge-1', { prefers: 'A' })
    fail(history, 'build/hard/judge-2')
    finish(history, 'build/hard/judge-3', { prefers: null })
    expect(ready(history)).toEqual(['build/hard'])
    expect(task(history, 'build/hard')).toMatchObject({ uses: 'consensus.choose', title: 'Hard', optional: false })
    const votes = [{ prefers: 'A' }, null, { prefers: null }]
    expect(inputOf(history, 'build/hard')).toEqual({ ...made, votes })
    finish(history, 'build/hard', { commit: 'c' })
    // Whoever builds on it waited for the choice, and has no part in it.
    expect(ready(history)).toEqual(['build/last'])
    finish(history, 'build/last', {})
    expect(history.run.status).toBe('SUCCEEDED')
    expect(task(history, 'build').output).toEqual({ count: 3, succeeded: 3, failed: 0 })
    expect(fold(null, history.events)).toEqual(history.run)
  })

  it('is not begun where the field cannot be opened, and the run says why', () => {
    const history = begun()
    finish(history, 'build/base', {})
    fail(history, 'build/hard/field')
    expect(statuses(history, 'hard/candidate-a', 'hard/judge-1', 'hard', 'last')).toEqual(Array(4).fill('SKIPPED'))
    expect(history.run.error?.message).toBe('build: 2 of 3 elements did not succeed; first Hard: it broke')
  })

  it('is done again whole where it is retried, with what built on it', () => {
    const history = begun()
    finish(history, 'build/base', {})
    finish(history, 'build/hard/field', { begun: 'here' })
    for (const key of candidates) fail(history, key)
    for (const key of judges) finish(history, key, {})
    fail(history, 'build/hard')
    expect(history.run.status).toBe('FAILED')
    history.say({ type: 'RetryTask', taskIndex: task(history, 'build/hard').index, reason: 'once more' })
    expect(ready(history)).toEqual(['build/hard/field'])
    expect(statuses(history, 'base', 'hard', 'last')).toEqual(['SUCCEEDED', 'PLANNED', 'PLANNED'])
  })

  it('goes on in a fork from where its candidates are', () => {
    const history = begun()
    finish(history, 'build/base', {})
    finish(history, 'build/hard/field', { begun: 'here' })
    finish(history, 'build/hard/candidate-a', { made: 'a' })
    const fork = forkHistory(history, history.run.head)
    expect(ready(fork)).toEqual(['build/hard/candidate-b'])
    finish(fork, 'build/hard/candidate-b', { made: 'b' })
    expect(inputOf(fork, 'build/hard/judge-1')).toMatchObject({ candidates: [{ made: 'a' }, { made: 'b' }] })
  })
})

describe('what is refused', () => {
  const plan = (consensus: Json): Json => [{ ...planned, key: 'one', title: 'One', goal: 'Do it.', consensus }]

  it.each([0, 1, 6, 2.5, 'many'])('a consensus of %j, by the plan and by the run', consensus => {
    expect(Plan.safeParse({ summary: 'One.', steps: plan(consensus) }).success).toBe(false)
    const { run } = begun(plan(consensus))
    expect(run.error).toMatchObject({
      message: expect.stringMatching(/tasks\.plan\.output\.steps is no plan: 0\.consensus: /),
    })
  })

  it.each([2, 5])('not one of %j', consensus => {
    expect(Plan.parse({ summary: 'One.', steps: plan(consensus) }).steps[0]).toMatchObject({ consensus })
    expect(ready(begun(plan(consensus)))).toEqual(['build/one/field'])
  })

  it('more tasks than a fan-out takes, helpers counted', () => {
    const many = Array.from({ length: 101 }, (_, index) => ({
      ...planned,
      key: `s-${index}`,
      title: 'S',
      consensus: 5,
    }))
    expect(begun(many).run.error?.message).toMatch(/holds 1010 elements; a fan-out takes at most 1000/)
  })
})
