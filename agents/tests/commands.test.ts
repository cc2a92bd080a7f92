import { describe, expect, it } from 'vitest'
import { PackageJson } from '../environment/manifests.ts'
import { testCommand } from './commands.ts'
import type { RunnerName } from './detect.ts'

const toolbox = { mounts: [], program: (name: string) => `/inside/${name}` }
const command = (runner: RunnerName, test?: string) =>
  testCommand(runner, PackageJson.parse({ scripts: test === undefined ? {} : { test } }), toolbox)

describe('the command of a runner', () => {
  it('keeps what the script gives it, and not what is for those who watch', () => {
    expect(command('vitest', 'tsc && vitest watch --config unit.ts --reporter=dot')?.argv.slice(2, 6)).toEqual([
      'vitest',
      'run',
      '--config',
      'unit.ts',
    ])
    expect(command('jest', 'jest --runInBand --coverage')?.argv.slice(2, 4)).toEqual(['jest', '--runInBand'])
  })

  it('drops what only a shell could read', () => {
    expect(command('jest', 'jest "$(touch x)"')?.argv).not.toContain('"$(touch')
  })

  it('puts the reporter into the script of node:test', () => {
    const [shell, , line = ''] = command('node:test', 'node --enable-source-maps --test test/')?.argv ?? []
    expect(shell).toBe('/bin/sh')
    expect(line).toMatch(
      /node --enable-source-maps {1,2}--test --test-reporter=\/inside\/node-test-reporter.mjs .* test\/$/,
    )
  })

  it('is none for npm without a script', () => expect(command('npm')).toBeNull())

  it('writes what happened where it can be collected', () => {
    for (const runner of ['node:test', 'vitest', 'jest', 'pytest', 'unittest'] as const) {
      const { argv, results } = command(runner) ?? { argv: [], results: null }
      expect(argv.join(' ')).toContain(results ?? 'nothing')
    }
  })
})
