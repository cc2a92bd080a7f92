/** What would contradict itself is refused with a reason that whoever wrote it can act on. */
import { describe, expect, it } from 'vitest'
import { Claim, Judgement } from './evidence.ts'
import { CodePatch, Plan, ReviewReport, TestPlan } from './work.ts'

const faultsOf = (result: { success: boolean; error?: { issues: { path: PropertyKey[]; message: string }[] } }) =>
  result.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

describe('a plan', () => {
  const step = (key: string, needs: string[] = []) => ({ key, title: key, goal: 'g', acceptance: ['a'], needs })
  const plan = (...steps: object[]) => Plan.safeParse({ summary: 's', steps })

  it('takes a graph, and fills in who does a step', () => {
    expect(plan(step('a'), step('b', ['a'])).data?.steps[1]).toMatchObject({ agent: 'code-generator', needs: ['a'] })
  })
  it('names every fault of one that is none', () => {
    expect(faultsOf(plan(step('a', ['x']), step('a')))).toEqual([
      'steps.0.needs: there is no step x',
      'steps.1.key: a stands twice',
    ])
    expect(faultsOf(plan(step('a', ['b']), step('b', ['a'])))).toEqual(['steps.0.needs: a cycle: a → b → a'])
    expect(faultsOf(plan({ ...step('a'), acceptance: [] }))).toHaveLength(1)
  })
})

describe('a review', () => {
  const review = (verdict: string, ...findings: object[]) =>
    ReviewReport.safeParse({ verdict, summary: 's', findings: findings.map(one => ({ problem: 'p', ...one })) })

  it('approves with remarks, and asks for changes with reasons', () => {
    expect(review('approve', { severity: 'info' }).success).toBe(true)
    expect(review('changes', { severity: 'error', file: 'a.js', line: 1 }).success).toBe(true)
  })
  it('does not approve an error, ask for nothing, or leave the place of an error open', () => {
    expect(faultsOf(review('approve', { severity: 'error', file: 'a.js' }))[0]).toMatch(/^verdict: an approval cannot/)
    expect(faultsOf(review('changes'))[0]).toMatch(/^findings: .* name at least one/)
    expect(faultsOf(review('changes', { severity: 'error' }))).toEqual(['findings.0.file: an error names its file'])
    expect(review('changes', { severity: 'error', file: '../a.js' }).success).toBe(false)
  })
})

it('a patch names commits, a claim an address, a plan of tests at least one test', () => {
  expect(CodePatch.shape.base.safeParse('main').success).toBe(false)
  expect(Claim.safeParse({ text: 't', url: 'somewhere', quote: 'q' }).success).toBe(false)
  expect(TestPlan.safeParse({ summary: 's', cases: [] }).success).toBe(false)
  expect(Judgement.shape.agreement.safeParse(1.1).success).toBe(false)
})
