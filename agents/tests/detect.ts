/** Which test runners a repository uses, from its scripts, its manifests and what its tests import. */
import type { NotChecked } from '../../domain/artifact.ts'
import type { Facts } from '../environment/facts.ts'
import type { Manifests } from '../environment/manifests.ts'

export const runnerNames = ['node:test', 'vitest', 'jest', 'npm', 'pytest', 'unittest', 'go test'] as const
export type RunnerName = (typeof runnerNames)[number]

export function detectRunners(facts: Facts, manifests: Manifests): { runners: RunnerName[]; notChecked: NotChecked[] } {
  const runners = [
    ...javascriptRunners(facts, manifests),
    ...pythonRunners(facts, manifests),
    ...goRunners(facts, manifests),
  ]
  if (runners.length > 0) return { runners, notChecked: leftOut(runners, manifests) }
  return {
    runners,
    notChecked: [
      {
        what: 'tests',
        why: 'there is no test command and no test file of a known runner',
        mend: 'Add a "test" script to package.json, or tests for pytest, unittest or go test.',
      },
    ],
  }
}

/**
 * What npm would run around the tests and we do not: a build before them, say. Runners are started by themselves, for their
 * results; a script of no known runner is run as it stands.
 */
function leftOut(runners: readonly RunnerName[], { packageJson }: Manifests): NotChecked[] {
  const around = ['pretest', 'posttest'].filter(name => packageJson?.scripts[name] !== undefined)
  const runner = runners.find(name => name === 'vitest' || name === 'jest')
  const beside =
    runner !== undefined && /&&|\|\||[;|]/.test(testScript(packageJson) ?? '') ? ['the other commands of test'] : []
  const left = [...around, ...beside]
  if (left.length === 0 || !runners.some(isJavaScript)) return []
  return [
    {
      what: `tests: ${left.join(', ')} in the scripts of package.json`,
      why: 'the tests are started by themselves, without what npm would run around them',
      mend: 'Where tests need something built, let their own setup build it.',
    },
  ]
}

const isJavaScript = (name: RunnerName): boolean => ['node:test', 'vitest', 'jest', 'npm'].includes(name)

function javascriptRunners(facts: Facts, { packageJson }: Manifests): RunnerName[] {
  const script = testScript(packageJson)
  if (script !== null) return [runnerOf(script)]
  if (packageJson !== null) {
    for (const name of ['vitest', 'jest'] as const) {
      if (name in packageJson.devDependencies || name in packageJson.dependencies) return [name]
    }
  }
  return facts.evidence.includes('node:test') ? ['node:test'] : []
}

/** The script that `npm test` runs; null for none and for the one that npm writes to say that there is none. */
export function testScript(packageJson: Manifests['packageJson']): string | null {
  const script = packageJson?.scripts.test?.trim() ?? ''
  return script === '' || /no test specified/i.test(script) ? null : script
}

function runnerOf(script: string): RunnerName {
  if (/(^|[\s;&|/])vitest(\s|$)/.test(script)) return 'vitest'
  if (/(^|[\s;&|/])jest(\s|$)/.test(script)) return 'jest'
  if (/(^|[\s;&|])(node|tsx)\s(.*\s)?--test(\s|$)/.test(script)) return 'node:test'
  return 'npm'
}

function pythonRunners(facts: Facts, { pyProject, text }: Manifests): RunnerName[] {
  if (!('Python' in facts.languages)) return []
  const configured =
    text('pytest.ini') !== null ||
    'pytest' in (pyProject?.tool ?? {}) ||
    /^\[(tool:)?pytest\]/m.test(`${text('setup.cfg') ?? ''}\n${text('tox.ini') ?? ''}`)
  if (facts.evidence.includes('pytest') || configured) return ['pytest']
  // pytest runs the tests of unittest too; unittest is always there.
  return facts.evidence.includes('unittest') ? ['unittest'] : []
}

const goRunners = (facts: Facts, { text }: Manifests): RunnerName[] =>
  facts.evidence.includes('go test') && text('go.mod') !== null ? ['go test'] : []
