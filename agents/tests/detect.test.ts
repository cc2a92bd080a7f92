import { describe, expect, it } from 'vitest'
import type { Facts } from '../environment/facts.ts'
import { readManifests } from '../environment/manifests.ts'
import { detectRunners } from './detect.ts'

const nothing: Facts = {
  versions: {},
  manifests: [],
  lockFiles: [],
  languages: {},
  textFiles: 0,
  evidence: [],
  python: [],
  missing: [],
}
const all = (facts: Partial<Facts>) => detectRunners({ ...nothing, ...facts }, readManifests({ ...nothing, ...facts }))
const detect = (facts: Partial<Facts>) => all(facts).runners
const manifest = (json: object) => ({ manifests: [{ file: 'package.json', text: JSON.stringify(json) }] })
const python = { languages: { Python: 1 } }

describe('the runner of tests', () => {
  it.each([
    ['vitest run', 'vitest'],
    ['tsc --noEmit && vitest run --coverage', 'vitest'],
    ['node_modules/.bin/vitest', 'vitest'],
    ['jest --runInBand', 'jest'],
    ['NODE_ENV=test jest', 'jest'],
    ['node --test', 'node:test'],
    ['node --import tsx --test test/*.ts', 'node:test'],
    ['tsx --test', 'node:test'],
    ['mocha', 'npm'],
    ['node test.js', 'npm'],
    ['echo jestful', 'npm'],
  ])('of the script %j is %s', (test, runner) => expect(detect(manifest({ scripts: { test } }))).toEqual([runner]))

  it('is none for the script that npm writes', () => {
    expect(detect(manifest({ scripts: { test: 'echo "Error: no test specified" && exit 1' } }))).toEqual([])
  })

  it('is told by a dependency, or by what tests import', () => {
    expect(detect(manifest({ devDependencies: { vitest: '*' } }))).toEqual(['vitest'])
    expect(detect({ evidence: ['node:test'] })).toEqual(['node:test'])
  })

  it('for Python is pytest wherever something names it', () => {
    expect(detect({ ...python, evidence: ['pytest', 'unittest'] })).toEqual(['pytest'])
    expect(detect({ ...python, manifests: [{ file: 'pyproject.toml', text: '[tool.pytest.ini_options]\n' }] })).toEqual(
      ['pytest'],
    )
    expect(detect({ ...python, manifests: [{ file: 'setup.cfg', text: '[tool:pytest]\n' }] })).toEqual(['pytest'])
    expect(detect({ ...python, evidence: ['unittest'] })).toEqual(['unittest'])
  })

  it('for Go needs a module', () => {
    expect(detect({ evidence: ['go test'] })).toEqual([])
    expect(detect({ evidence: ['go test'], manifests: [{ file: 'go.mod', text: 'module x\n' }] })).toEqual(['go test'])
  })

  it('can be several', () => {
    expect(detect({ ...python, ...manifest({ scripts: { test: 'jest' } }), evidence: ['pytest'] })).toEqual([
      'jest',
      'pytest',
    ])
  })
})

describe('what npm would run around the tests', () => {
  const left = (scripts: Record<string, string>) => all(manifest({ scripts })).notChecked.map(({ what }) => what)

  it.each([
    [{ pretest: 'tsc', test: 'vitest run' }, 'tests: pretest in the scripts of package.json'],
    [
      { pretest: 'tsc', posttest: 'rm -r dist', test: 'mocha' },
      'tests: pretest, posttest in the scripts of package.json',
    ],
    [{ test: 'npm run build && jest' }, 'tests: the other commands of test in the scripts of package.json'],
    [
      { pretest: 'tsc', test: 'tsc; vitest' },
      'tests: pretest, the other commands of test in the scripts of package.json',
    ],
  ])('is told to be left out of %j', (scripts, what) => expect(left(scripts)).toEqual([what]))

  it.each([[{ test: 'vitest run' }], [{ test: 'tsc && mocha' }], [{ test: 'npm run build && node --test' }]])(
    'is nothing for %j',
    scripts => expect(left(scripts)).toEqual([]),
  )
})
