/** How each runner is started so that it writes what happened in a form for machines, and where that lies then. */

import type { PackageJson } from '../environment/manifests.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'
import { type RunnerName, testScript } from './detect.ts'

export type TestCommand = {
  argv: readonly string[]
  env?: Readonly<Record<string, string>>
  /** The file with the results; null where they are on stdout, or where there are none but the exit code. */
  results: string | null
}

const results = (extension: string): string => `/work/results/report.${extension}`

/** Answers null where the manifest has no command for the runner. */
export function testCommand(runner: RunnerName, packageJson: PackageJson | null, toolbox: Toolbox): TestCommand | null {
  const script = testScript(packageJson)
  const start = (name: string, ...args: string[]) => ['node', toolbox.program('start-package.mjs'), name, ...args]
  switch (runner) {
    case 'node:test': {
      const flags = [
        '--test',
        `--test-reporter=${toolbox.program('node-test-reporter.mjs')}`,
        `--test-reporter-destination=${results('jsonl')}`,
        '--test-reporter=spec',
        '--test-reporter-destination=stdout',
      ]
      const argv =
        script === null ? ['node', ...flags] : shell(script.replace(/(^|\s)--test(?=\s|$)/, ` ${flags.join(' ')}`))
      return { argv, results: results('jsonl') }
    }
    case 'vitest': {
      const flags = [
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${results('json')}`,
        '--includeTaskLocation',
        '--no-color',
      ]
      return { argv: start('vitest', 'run', ...argumentsOf(script, 'vitest'), ...flags), results: results('json') }
    }
    case 'jest':
      return {
        argv: start(
          'jest',
          ...argumentsOf(script, 'jest'),
          '--ci',
          '--json',
          `--outputFile=${results('json')}`,
          '--testLocationInResults',
        ),
        results: results('json'),
      }
    case 'npm':
      return script === null ? null : { argv: shell(script), results: null }
    case 'pytest':
      return {
        argv: [
          'python3',
          '-m',
          'pytest',
          '-p',
          'no:cacheprovider',
          '-o',
          'junit_family=xunit1',
          `--junit-xml=${results('xml')}`,
        ],
        results: results('xml'),
      }
    case 'unittest':
      return { argv: ['python3', toolbox.program('unittest_report.py'), results('jsonl')], results: results('jsonl') }
    case 'go test':
      return {
        argv: ['go', 'test', '-json', './...'],
        env: { GOPROXY: 'off', GOFLAGS: '-buildvcs=false', GOCACHE: '/tmp/go', GOPATH: '/tmp/gopath' },
        results: null,
      }
  }
}

/** As npm runs a script: by the shell, with the programs of installed packages in reach. */
function shell(script: string): string[] {
  return ['/bin/sh', '-c', `PATH=/work/repo/node_modules/.bin:/work/node_modules/.bin:$PATH; export PATH; ${script}`]
}

/** What a script gives a runner, without what is only for a person who watches; nothing where a shell would be needed to read it. */
function argumentsOf(script: string | null, runner: string): string[] {
  const part =
    (script ?? '').split(/&&|\|\||[;|]/).find(command => new RegExp(`(^|[\\s/])${runner}(\\s|$)`).test(command)) ?? ''
  const words = part.trim().split(/\s+/)
  const given = words.slice(words.findIndex(word => word === runner || word.endsWith(`/${runner}`)) + 1)
  if (!given.every(word => /^[\w@.,:=/+-]+$/.test(word))) return []
  return given.filter(
    word => !/^(run|watch|dev|--watch.*|--ui|--coverage.*|--reporter.*|--outputFile.*|--json|--ci)$/.test(word),
  )
}
