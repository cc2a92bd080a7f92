/** Judges that look at places rather than at work have no say, and one that fails takes no candidate with it. */
import { describe, expect, test } from 'vitest'
import { OrreryError } from '../../domain/errors.ts'
import { type Script, saying, scriptedTask } from '../loop/testing.ts'
import { judge, type Shown } from './judge.ts'
import { agreed, bothOrders, count } from './order.ts'

const candidate = (name: string): Shown => {
  const diff = `+the work of ${name}`
  return { name, diff, tests: { passed: 3, failed: 0 }, bytes: diff.length }
}
const candidates = ['A', 'B', 'C'].map(candidate)

async function judged(script: Script) {
  const task = scriptedTask({ sandbox: null as never, script })
  const judging = { name: 'Judge 1', objective: 'Do it.', candidates, avoid: ['secret/A'] }
  return { vote: await judge(task.context, judging), asked: task.asked }
}
const best = (number: number) => saying(JSON.stringify({ best: number, reason: 'It is shorter.' }))
/** Where the work of a candidate stands in what is shown, from 1. */
const placeOf = (ask: Parameters<Script>[0], name: string): number => {
  const shown = JSON.stringify(ask.request.messages)
  return ['A', 'B', 'C'].filter(other => shown.indexOf(`work of ${other}`) <= shown.indexOf(`work of ${name}`)).length
}

describe('orders', () => {
  test.each([2, 3, 4, 5, 6, 7])('of %i candidates, none stands at the same place twice', size => {
    const [one, other] = bothOrders(Array.from({ length: size }, (_, index) => index))
    expect(one.toSorted()).toEqual(other.toSorted())
    expect(one.filter((each, place) => other[place] === each)).toEqual([])
  })

  test('the same answer twice is a preference, two answers are none', () => {
    expect(agreed('A', 'A')).toBe('A')
    expect(agreed('A', 'B')).toBeNull()
    expect(agreed(null, null)).toBeNull()
  })

  test('agreement counts only judges who had a preference', () => {
    expect(count(['B', 'A', 'B', null], ['A', 'B'])).toMatchObject({ winner: 'B', agreement: 2 / 3 })
    expect(count([null, null], ['A', 'B'])).toMatchObject({ winner: 'A', agreement: null })
  })
})

describe('a judge', () => {
  test('that prefers the same work in both orders has a preference', async () => {
    const { vote } = await judged(ask => best(placeOf(ask, 'B')))
    expect(vote).toMatchObject({ first: 'B', second: 'B', prefers: 'B' })
  })

  test.each([1, 2, 3])('that always prefers place %i has none', async place => {
    const { vote } = await judged(() => best(place))
    expect(vote.prefers).toBeNull()
    expect(vote.first).not.toBe(vote.second)
    expect(vote.reason).toMatch(/followed the order/)
  })

  test('sees no author, and is another model where there is one', async () => {
    const { asked } = await judged(() => best(0))
    expect(asked).toHaveLength(2)
    expect(JSON.stringify(asked.map(({ request }) => request))).not.toContain('secret/')
    expect(asked[0]?.needs.avoid).toEqual(['secret/A'])
  })

  test.each([
    ['is away', new OrreryError('UNAVAILABLE', 'nobody answers')],
    ['talks nonsense', saying('I like them all')],
  ])('that %s has no say', async (_, said) => {
    const { vote } = await judged(() => said)
    expect(vote).toMatchObject({
      first: null,
      second: null,
      prefers: null,
      reason: expect.stringMatching(/^No answer/),
    })
  })
})
