import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Declared, readVariables, repositoryOf } from './variables.ts'

const variable = (name: string, type: string, required = false): Declared => ({
  name,
  type,
  required,
  description: `the ${name}`,
})
const declared = [
  variable('repo', 'string', true),
  variable('depth', 'integer'),
  variable('share', 'number'),
  variable('deep', 'boolean'),
  variable('only', 'string[]'),
]
const read = (...given: string[]) => readVariables('audit', declared, given)

test('a value is read as what the workflow declares', () => {
  expect(read('repo=/a=b', 'depth=-3', 'share=0.5', 'deep=true', 'only=lint', 'only=types')).toEqual({
    repo: '/a=b',
    depth: -3,
    share: 0.5,
    deep: true,
    only: ['lint', 'types'],
  })
  expect(read('repo=', 'only=["lint","types"]', 'only=[1]')).toEqual({ repo: '', only: ['lint', 'types', '[1]'] })
})

test.each([
  [['repo=x', 'depth=two'], '--var depth=two: depth must be a whole number.'],
  [['repo=x', 'share='], '--var share=: share must be a number.'],
  [['repo=x', 'deep=yes'], '--var deep=yes: deep must be true or false.'],
  [['repo=x', 'repo=y'], '--var repo=y: repo is given twice.'],
  [['repo=x', 'depht=2'], '--var depht=2: audit has no variable depht; it has repo, depth, share, deep, only.'],
  [['repo=x', 'depth'], '--var depth: write it as name=value.'],
  [[], '--repo <path or git URL> is missing: the repo.'],
])('%j is refused: %s', (given, message) => {
  expect(() => read(...given)).toThrow(message)
})

test('all faults are told at once', () => {
  expect(() => read('depth=x', 'deep=x')).toThrow(/3 faults:\n {2}--var depth=x.*\n {2}--var deep=x.*\n {2}--repo/)
})

describe('a repository', () => {
  const directory = mkdtempSync(`${tmpdir()}/orrery-`)
  const here = 'http://127.0.0.1:4000'
  const elsewhere = 'https://orrery.example.com'

  test('on this machine is named by its absolute path', () => {
    expect(repositoryOf(basename(directory), dirname(directory), here)).toBe(directory)
    expect(repositoryOf(directory, '/', 'http://localhost:1')).toBe(directory)
    expect(() => repositoryOf('nowhere', directory, here)).toThrow(
      `--repo nowhere: there is no directory ${directory}/nowhere.`,
    )
  })

  test('on another machine is only known there', () => {
    expect(repositoryOf('/srv/not-here', directory, elsewhere)).toBe('/srv/not-here')
    expect(() => repositoryOf('.', directory, elsewhere)).toThrow('a relative path means nothing to a server elsewhere')
  })

  test.each(['https://github.com/owner/name.git', 'git@github.com:owner/name.git'])('%s stays what it is', url => {
    expect(repositoryOf(url, directory, here)).toBe(url)
  })
})
