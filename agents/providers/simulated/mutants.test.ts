/**
 * Mistakes in three repositories that the simulated model has never seen, in the real loop with the real tools and the
 * real sandbox: twenty under `npm run soak`, five of them otherwise. It mends some; what it cannot mend ends without a
 * result: it never says that it did what it did not.
 */
import ts from 'typescript'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { ModelAsk, TaskResult } from '../../../domain/ports.ts'
import { type CodeRun, createCodeRun, inTree, sourceWith } from '../../code/testing.ts'
import { openCode } from '../../code/workspace.ts'
import { createRoleAgent } from '../../loop/role-agent.ts'
import { debuggerRole } from '../../roles/debugger.ts'
import { mergeResolver } from '../../roles/merge-resolver.ts'
import { reviewer } from '../../roles/reviewer.ts'
import { testSandbox } from '../../sandbox/testing.ts'
import { createToolbox } from '../../sandboxed/toolbox.ts'
import { calendar } from './mutants/calendar.ts'
import { gateway } from './mutants/gateway.ts'
import { applied, type Mutant, mutantsOf, shuffled } from './mutants/mutate.ts'
import { stockroom } from './mutants/stockroom.ts'
import { createSimulatedProvider } from './provider.ts'

vi.setConfig({ testTimeout: 15 * 60_000 })
const sandbox = testSandbox()
const toolbox = createToolbox()
const provider = createSimulatedProvider({ seed: 7 })
const seed = 1
const soak = process.env.SOAK !== undefined
const wanted = soak ? { calendar: 7, gateway: 6, stockroom: 7 } : { calendar: 2, gateway: 1, stockroom: 2 }
/** Fewer than so many mended are a step back. */
const leastMended = soak ? 5 : 1

type Files = Readonly<Record<string, string>>

/** Node before 22.18 knows no types: there the repository is the JavaScript that they leave. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const stripsTypes = major > 22 || (major === 22 && minor >= 18)
const plain = (files: Files): Files =>
  Object.fromEntries(
    Object.entries(files).map(([path, text]) => {
      if (!path.endsWith('.ts')) return [path, text]
      const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext }
      return [
        path.replace(/ts$/, 'js'),
        ts.transpileModule(text, { compilerOptions }).outputText.replaceAll(".ts'", ".js'"),
      ]
    }),
  )
const repositories: Readonly<Record<keyof typeof wanted, Files>> = {
  calendar,
  gateway: stripsTypes ? gateway : plain(gateway),
  stockroom,
}

async function answer({ request }: ModelAsk) {
  const stream = provider.stream({ ...request, model: 'quick' }, new AbortController().signal)
  let next = await stream.next()
  while (next.done !== true) next = await stream.next()
  const outcome = next.value
  if (!outcome.ok) throw new Error(outcome.error.message)
  return { ...outcome, model: 'simulated/quick', costMicros: 0, simulated: true, contextTokens: 200_000 }
}

/** A task of a role in which the simulated model takes part. */
function perform(run: CodeRun, role: typeof reviewer, index: number, input: object): Promise<TaskResult> {
  const context = { ...run.task(index, { input: input as never }), simulated: true, model: answer }
  return createRoleAgent(role, { toolbox }).run(context)
}

const testsOf = (name: string): string =>
  name === 'stockroom' ? 'python3 -B -m unittest -q' : 'node --test --test-reporter=dot'

/** Whether the repository's own tests pass, in a workspace of its own. */
async function isGreen(name: string, files: Files): Promise<boolean> {
  const workspace = await sandbox.open({ label: 'green' })
  try {
    const folders = new Set(Object.keys(files).map(path => `repo/${path.split('/').slice(0, -1).join('/')}`))
    await workspace.exec({ argv: ['mkdir', '-p', ...folders] })
    for (const [path, text] of Object.entries(files)) await workspace.writeFile(`repo/${path}`, text)
    const limits = { wallMs: 20_000 }
    const { end, exitCode } = await workspace.exec({ argv: ['bash', '-c', testsOf(name)], cwd: '/work/repo', limits })
    return end === 'exit' && exitCode === 0
  } finally {
    await workspace.close()
  }
}

type Chosen = { name: keyof typeof wanted; mutant: Mutant; files: Files }

/** As many as are wanted of each repository, of those that its tests notice without hanging. */
async function choose(name: keyof typeof wanted): Promise<Chosen[]> {
  const chosen: Chosen[] = []
  for (const mutant of shuffled(mutantsOf(repositories[name]), seed)) {
    const files = applied(repositories[name], mutant)
    if (chosen.length < wanted[name] && !(await isGreen(name, files))) chosen.push({ name, mutant, files })
  }
  return chosen
}

/** A few at a time: most of what takes time is waiting for a sandbox. */
async function eachOf<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values()
  const lane = async () => {
    for (const item of rest) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}

describe(soak ? 'of twenty mutants' : 'of five mutants', () => {
  const mended: string[] = []
  const told: string[] = []
  const chosen: Chosen[] = []
  beforeAll(async () => {
    await sandbox.check()
    for (const name of ['calendar', 'gateway', 'stockroom'] as const) chosen.push(...(await choose(name)))
  }, 300_000)

  test('some are mended and reviewed; the rest end as failures, and no test is weakened', async () => {
    expect(chosen).toHaveLength(soak ? 20 : 5)
    await eachOf(chosen, 2, async ({ name, mutant, files }) => {
      const run = createCodeRun(sandbox)
      const source = await sourceWith(run, sandbox, files)
      const result = await perform(run, debuggerRole, 0, { objective: 'Find out why tests fail, and mend it.', source })
      const label = `${name} ${mutant.file}:${mutant.line + 1} (${mutant.rule})`
      told.push(`${result.ok ? 'mended' : 'left as it was,'} ${label}`)
      if (!result.ok) {
        expect(result.failure.message, label).toMatch(/without a result/)
        expect(run.trunk, label).toBeNull()
        return
      }
      mended.push(label)
      const hash = run.trunk?.hash ?? ''
      const look = `${testsOf(name)} > /dev/null 2>&1 && echo green && git diff --name-only HEAD~1 HEAD`
      const [green, ...changed] = (await inTree(run, sandbox, hash, look)).split('\n')
      expect(green, label).toBe('green')
      expect(
        changed.filter(path => /^tests?\//.test(path)),
        label,
      ).toEqual([])
    })
    console.log(told.join('\n'), `\n${mended.length} of ${chosen.length} mended`)
    expect(mended.length).toBeGreaterThanOrEqual(leastMended)
    expect(mended.length).toBeLessThan(chosen.length)
  })
})

test.each([
  [
    'both are kept where the tests allow it',
    {
      ...{ merged: 'export const most = 3\n', change: 'export const least = 1\n' },
      ...{ kept: ['limits.js'], expected: /most = 3\n.*least = 1/s },
    },
  ],
  [
    'what was merged is kept where they do not',
    {
      ...{ merged: 'export const a = 3\n', change: 'export const a = 1\n' },
      ...{ kept: [] as string[], expected: /^export const a = 3$/ },
    },
  ],
])('of two sides, %s', async (_, { merged, change, kept, expected }) => {
  const run = createCodeRun(sandbox)
  const files = {
    'package.json': '{ "type": "module", "scripts": { "test": "node --test" } }\n',
    'limits.js': '// none yet\n',
    'limits.test.js': "import { test } from 'node:test'\ntest('loads', () => import('./limits.js'))\n",
  }
  const source = await sourceWith(run, sandbox, files)
  const write = async (index: number, content: string) => {
    const code = await openCode(run.task(index), toolbox, source)
    await code.step('write', 'Write the limits', async workspace => {
      await workspace.writeFile('repo/limits.js', content)
      return { output: {} }
    })
    return code
  }
  const slow = await write(0, change)
  const fast = await write(1, merged)
  await fast.merge('Merged')
  const conflict = await slow.merge('Change')
  await Promise.all([slow.close(), fast.close()])
  if (conflict.outcome !== 'conflict') throw new Error(`it was ${conflict.outcome}`)
  const objective = 'Resolve the conflict between “Change” and what others merged meanwhile. It is in limits.js.'
  const { commit, hash, base } = conflict.trunk
  const result = await perform(run, mergeResolver, 2, { objective, source, begin: { commit, hash, base } })
  expect(result).toMatchObject({ ok: true, output: { files: kept } })
  expect(await inTree(run, sandbox, run.trunk?.hash ?? '', 'cat limits.js')).toMatch(expected)
})

test('a change with which tests fail is not approved', async () => {
  const run = createCodeRun(sandbox)
  const [mutant] = mutantsOf(stockroom)
  if (mutant === undefined) throw new Error('there is no mutant')
  const red = {
    ...stockroom,
    'stockroom/shipping.py': (stockroom['stockroom/shipping.py'] ?? '').replace('*= 2', '*= 3'),
  }
  const source = await sourceWith(run, sandbox, red)
  const result = await perform(run, reviewer, 0, { objective: 'Express costs twice.', source })
  expect(result).toMatchObject({ ok: true, output: { verdict: 'changes', simulated: true } })
})
