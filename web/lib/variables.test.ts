import { expect, test } from 'vitest'
import { defaultsOf, labelOf, readVariables, type Variable } from './variables.ts'

const variable = (name: string, type: string, more: Partial<Variable> = {}): Variable => ({
  name,
  type,
  description: '',
  required: false,
  default: null,
  enum: null,
  minimum: null,
  maximum: null,
  maxLength: 100,
  ...more,
})
const variables = [
  variable('repo', 'string', { required: true }),
  variable('depth', 'integer', { minimum: 1, maximum: 10, default: 5 }),
  variable('share', 'number'),
  variable('tests', 'boolean', { default: true }),
  variable('exclude', 'string[]', { default: ['a', 'b'] }),
]

test('a form begins with what is known, then with the defaults', () => {
  expect(defaultsOf(variables, { repo: '/srv/app' })).toEqual({
    repo: '/srv/app',
    depth: '5',
    share: '',
    tests: 'true',
    exclude: 'a\nb',
  })
})

test('what was filled in becomes typed values, and what is empty is left to the workflow', () => {
  expect(
    readVariables(variables, { repo: '/srv/app', depth: '7', share: '0.5', tests: 'false', exclude: ' x \n\n y' }),
  ).toEqual({
    values: { repo: '/srv/app', depth: 7, share: 0.5, tests: false, exclude: ['x', 'y'] },
    faults: {},
  })
  expect(readVariables(variables, { repo: 'r', depth: '', share: ' ', exclude: '' })).toEqual({
    values: { repo: 'r' },
    faults: {},
  })
})

test.each([
  [{ repo: ' ' }, { repo: 'is required' }],
  [{ repo: 'r', depth: 'many' }, { depth: 'is not a number' }],
  [{ repo: 'r', depth: '2.5' }, { depth: 'must be a whole number' }],
  [{ repo: 'r', depth: '0' }, { depth: 'must be at least 1' }],
  [{ repo: 'r', depth: '11' }, { depth: 'must be at most 10' }],
])('%j is refused at its field', (filled, faults) => {
  expect(readVariables(variables, filled).faults).toEqual(faults)
})

test('a name reads like one', () => {
  expect(['repo', 'testTimeoutSeconds', 'maxFiles2'].map(labelOf)).toEqual([
    'Repo',
    'Test timeout seconds',
    'Max files2',
  ])
})
