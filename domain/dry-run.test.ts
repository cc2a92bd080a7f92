import { describe, expect, test } from 'vitest'
import { foresee, holdsBefore } from './dry-run.ts'
import { workflows } from './run/history.ts'
import { parseVariables, parseWorkflow } from './validate.ts'
import type { Condition } from './workflow.ts'

const outlooks = (...[workflow, variables]: Parameters<typeof foresee>) =>
  Object.fromEntries(foresee(workflow, variables).steps.map(({ step, outlook }) => [step.key, outlook]))

describe('what a run would do', () => {
  test('follows conditions on variables, and needs that are skipped', () => {
    const deep = (value: boolean) => outlooks(workflows.diamond, parseVariables(workflows.diamond, { deep: value }))
    expect(deep(true)).toEqual({ top: 'runs', left: 'runs', right: 'runs', bottom: 'runs' })
    expect(deep(false)).toEqual({ top: 'runs', left: 'runs', right: 'skipped', bottom: 'runs' })
  })

  const chain = parseWorkflow({
    name: 'chain',
    version: 1,
    title: 'Chain',
    description: '',
    variables: [
      { name: 'publish', type: 'string', description: '', default: 'ask' },
      { name: 'files', type: 'string[]', description: '' },
    ],
    steps: [
      { key: 'write', title: 'Write', agent: 'a', input: { mode: { $ref: 'variables.publish' } }, timeoutMs: 10_000 },
      {
        key: 'test',
        title: 'Test',
        agent: 'a',
        needs: ['write'],
        timeoutMs: 5_000,
        input: { of: [{ $ref: 'tasks.write.output.commit' }] },
        back: { to: 'write', maxRounds: 3, when: { path: 'tasks.test.output.ok', op: 'equals', value: false } },
      },
      {
        key: 'mend',
        title: 'Mend',
        agent: 'a',
        needs: ['test'],
        when: { path: 'tasks.test.output.ok', op: 'equals', value: false },
      },
      { key: 'after', title: 'After', agent: 'a', needs: ['mend'], timeoutMs: 1_000 },
      { key: 'each', title: 'Each', agent: 'a', forEach: 'variables.files', timeoutMs: 1_000 },
      {
        key: 'some',
        title: 'Some',
        agent: 'a',
        needs: ['write'],
        forEach: 'tasks.write.output.list',
        timeoutMs: 1_000,
      },
    ],
  })

  test('says what only results decide', () => {
    const { steps } = foresee(chain, { publish: 'ask', files: ['a', 'b'] })
    const of = (key: string) => steps.find(({ step }) => step.key === key)
    expect(of('mend')).toMatchObject({ outlook: 'open', why: 'its condition asks for results', wave: 2 })
    expect(of('after')).toMatchObject({ outlook: 'open', why: 'mend may be skipped', wave: 3 })
    expect(of('each')).toMatchObject({ outlook: 'runs', times: 2, wave: 0 })
    expect(of('some')).toMatchObject({ times: null })
    expect(of('write')).toMatchObject({ times: 4, input: { mode: 'ask' } })
    expect(of('test')).toMatchObject({ input: { of: [{ $ref: 'tasks.write.output.commit' }] } })
  })

  test('adds up the longest chain', () => {
    const { longest } = foresee(chain, { publish: 'ask', files: null })
    expect(longest).toEqual({ keys: ['write', 'test', 'mend', 'after'], ms: 316_000 })
  })
})

describe('a condition before anything has happened', () => {
  const now = { path: 'variables.deep', op: 'equals', value: true } as const
  const later = { path: 'tasks.a.output.ok', op: 'exists', value: null } as const
  test.each<[string, Condition, boolean | null]>([
    ['a variable', now, true],
    ['a result', later, null],
    ['what is false in any case', { all: [later, { not: now }] }, false],
    ['what is true in any case', { any: [later, now] }, true],
    ['what a result decides', { all: [later, now] }, null],
    ['the contrary of what a result decides', { not: { any: [later, { not: now }] } }, null],
  ])('%s', (_, condition, held) => {
    expect(holdsBefore(condition, { deep: true })).toBe(held)
  })
})
