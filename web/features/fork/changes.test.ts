import { expect, test } from 'vitest'
import { createHistory } from '../../../domain/run/history.ts'
import { filledFrom, readChanges, toldBy } from './changes.ts'

const variables = { objective: 'this', depth: 2, exclude: ['vendor/**'], deep: false }
const { run } = createHistory(
  {
    name: 'one',
    version: 1,
    title: 'One',
    description: '',
    variables: [
      { name: 'objective', type: 'string', description: '' },
      { name: 'depth', type: 'integer', description: '' },
      { name: 'exclude', type: 'string[]', description: '' },
      { name: 'deep', type: 'boolean', description: '' },
    ],
    steps: [{ key: 'a', title: 'A', agent: 'writer' }],
  },
  { variables },
)
const filled = filledFrom(run)

test('what is left as it was changes nothing', () => {
  expect(readChanges(run, filled)).toEqual({ changes: {}, faults: {} })
})

test('what is changed is said, and nothing else', () => {
  const given = {
    ...filled,
    title: ' Another ',
    variables: { ...filled.variables, objective: 'that', depth: '3', exclude: '["a","b"]' },
    prompts: [
      { role: 'writer', text: ' Be brief. ', replaces: false },
      { role: 'reviewer', text: '  ', replaces: true },
    ],
    preference: { quality: 1, cost: 0, latency: 0.5 },
    models: ['a/b'],
    budget: '$2.50',
    withoutTools: ['shell'],
  }
  expect(readChanges(run, given)).toEqual({
    faults: {},
    changes: {
      title: 'Another',
      variables: { objective: 'that', depth: 3, exclude: ['a', 'b'] },
      prompts: [{ role: 'writer', text: 'Be brief.', replaces: false }],
      preference: { quality: 1, cost: 0, latency: 0.5 },
      allowedModels: ['a/b'],
      budgetMicros: 2_500_000,
      withoutTools: ['shell'],
    },
  })
})

test('a value of another kind, and a sum that is none, are faults', () => {
  const given = { ...filled, variables: { ...filled.variables, depth: '"3"', exclude: '[', deep: '1' }, budget: 'much' }
  expect(Object.keys(readChanges(run, given).faults)).toEqual([
    'variables.depth',
    'variables.exclude',
    'variables.deep',
    'budget',
  ])
})

test('whoever is told otherwise or lacks a tool is concerned', () => {
  const roles = [
    { name: 'writer', title: 'Writer', tools: ['shell', 'edit'] },
    { name: 'reviewer', title: 'Reviewer', tools: ['read'] },
  ]
  expect(toldBy({ withoutTools: ['shell'] }, roles).agents).toEqual(['writer'])
  expect(toldBy({ prompts: [{ role: 'reviewer', text: 'x', replaces: true }] }, roles).agents).toEqual(['reviewer'])
})
