import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Candidate, fairShare as chosenOf, type Taken } from './fair-share.ts'

let serial = 0
const ready = (given: Partial<Candidate>): Candidate => ({
  runId: 'run',
  taskIndex: serial++,
  epoch: 1,
  workerClass: 'light',
  organisationId: 'org',
  projectId: 'project',
  priority: 0,
  readyAt: 0,
  runMax: 100,
  projectMax: 100,
  classMax: 0,
  ...given,
})
const many = (count: number, given: Partial<Candidate>) => Array.from({ length: count }, () => ready(given))
/** `capacity`: by class. */
const fairShare = (candidates: readonly Candidate[], taken: readonly Taken[], capacity: ReadonlyMap<string, number>) =>
  chosenOf(
    candidates.map(one => ({ ...one, classMax: capacity.get(one.workerClass) ?? 0 })),
    taken,
  )
const light = (count: number) => new Map([['light', count]])
const projects = (chosen: readonly Candidate[]) => chosen.map(one => one.projectId).join('')

describe('a fair share', () => {
  test('goes round among projects, however much one of them has', () => {
    const greedy = many(1_000, { projectId: 'a', priority: 100 })
    const chosen = fairShare([...greedy, ...many(2, { projectId: 'b' }), ...many(1, { projectId: 'c' })], [], light(6))
    expect(projects(chosen)).toBe('abcaba')
  })

  test('counts what is at work already', () => {
    const taken: Taken[] = [{ runId: 'x', projectId: 'a', organisationId: 'org', workerClass: 'light', count: 3 }]
    const chosen = fairShare([...many(5, { projectId: 'a' }), ...many(5, { projectId: 'b' })], taken, light(8))
    expect(projects(chosen)).toBe('bbbab')
  })

  test('weighs organisations before their projects', () => {
    const greedy = ['a', 'b', 'c', 'd'].flatMap(projectId => many(9, { organisationId: 'big', projectId }))
    const chosen = fairShare([...greedy, ...many(9, { organisationId: 'small', projectId: 'z' })], [], light(6))
    expect(projects(chosen).replace(/[a-d]/g, '.')).toBe('.z.z.z')
  })

  test('within a project takes the most urgent, then who has waited for longest', () => {
    const chosen = fairShare(
      [ready({ readyAt: 2 }), ready({ readyAt: 1 }), ready({ priority: 5, readyAt: 9 })],
      [],
      light(3),
    )
    expect(chosen.map(one => one.readyAt)).toEqual([9, 1, 2])
  })

  test('a run at its limit hides nobody', () => {
    const chosen = fairShare(
      [...many(9, { runId: 'a', runMax: 2, priority: 1 }), ...many(9, { runId: 'b' })],
      [],
      light(5),
    )
    expect(chosen.map(one => one.runId).join('')).toBe('aabbb')
  })

  test('a class without free workers hides nobody', () => {
    const chosen = fairShare(
      [...many(3, { workerClass: 'sandbox', priority: 1 }), ...many(3, {})],
      [],
      new Map([
        ['light', 2],
        ['sandbox', 1],
      ]),
    )
    expect(chosen.map(one => one.workerClass)).toEqual(['sandbox', 'light', 'light'])
    expect(fairShare(many(3, { workerClass: 'gpu' }), [], light(5))).toEqual([])
  })

  test('never passes a limit, and leaves nothing undone that fits', () => {
    const name = fc.constantFrom('a', 'b', 'c')
    const candidate = fc.record({
      runId: name.map(one => `run ${one}`),
      projectId: name.map(one => `project ${one}`),
      priority: fc.nat(3),
      readyAt: fc.nat(9),
    })
    fc.assert(
      fc.property(
        fc.array(candidate, { maxLength: 40 }),
        fc.nat(20),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 9 }),
        (all, capacity, runMax, projectMax) => {
          const candidates = all.map(one => ready({ ...one, runMax, projectMax, classMax: capacity }))
          const chosen = chosenOf(candidates, [])
          const count = (key: 'runId' | 'projectId', value: string) => chosen.filter(one => one[key] === value).length
          expect(new Set(chosen).size).toBe(chosen.length)
          expect(chosen.length).toBeLessThanOrEqual(capacity)
          for (const one of chosen) {
            expect(count('runId', one.runId)).toBeLessThanOrEqual(runMax)
            expect(count('projectId', one.projectId)).toBeLessThanOrEqual(projectMax)
          }
          for (const one of candidates.filter(one => !chosen.includes(one))) {
            expect(
              chosen.length === capacity ||
                count('runId', one.runId) === runMax ||
                count('projectId', one.projectId) === projectMax,
            ).toBe(true)
          }
        },
      ),
    )
  })
})
