/** The checks of the evals hold what they promise: they pass what is right, and nothing that only looks like it. */
import { beforeAll, expect, test, vi } from 'vitest'
import { testSandbox } from '../agents/sandbox/testing.ts'
import { createToolbox } from '../agents/sandboxed/toolbox.ts'
import { type Check, checkIn, openChecks } from './checker.ts'
import { type EvalTask, readTasks } from './task.ts'

vi.setConfig({ testTimeout: 120_000, maxConcurrency: 2 })
const bench = { sandbox: testSandbox(), toolbox: createToolbox() }
const tasks = readTasks()

beforeAll(() => bench.sandbox.check())

test('there are twelve, of each kind and in each language', () => {
  expect(tasks).toHaveLength(12)
  expect(new Set(tasks.map(({ kind }) => kind)).size).toBe(4)
  expect(new Set(tasks.map(({ language }) => language)).size).toBe(3)
})

test('what is hidden stands outside of what is worked on', () => {
  for (const { repo, hidden } of tasks) {
    expect([...repo.keys()].filter(path => /hidden|faulty|solution/.test(path))).toEqual([])
    for (const [path, text] of hidden) expect([...repo.values()], path).not.toContain(text)
  }
})

test.concurrent.each(tasks.map(task => [task.name, task] as const))(
  '%s passes what is right, and nothing that only looks like it',
  async (_, task) => {
    const workspace = await openChecks(bench, task)
    const verdict = (patch: string) => checkIn(workspace, task, patch)
    const result = (checks: readonly Check[], name: string) => checks.find(check => check.name === name)?.ok
    try {
      const solved = await verdict(task.hidden.get('solution.patch') ?? '')
      expect(solved, 'its reference solution').toMatchObject({ passed: true })
      expect((await verdict('')).passed, 'an empty patch').toBe(false)

      const deleted = await verdict(deletion(task))
      expect(result(deleted.checks, 'tests are kept'), 'a patch that deletes the tests').toBe(false)
      expect(deleted.passed, 'a patch that deletes the tests').toBe(false)

      const hardCoded = await verdict(task.hidden.get('hard-coded.patch') ?? '')
      expect(result(hardCoded.checks, 'the patch applies'), 'expected values in the code').toBe(true)
      expect(hardCoded.passed, 'expected values in the code').toBe(false)
    } finally {
      await workspace.close()
    }
  },
)

/** A diff that removes every test file. */
function deletion({ repo }: EvalTask): string {
  const tests = [...repo].filter(([path]) => /^tests?\/.*(test\.[jt]s|test_\w+\.py)$/.test(path))
  return tests
    .map(([path, text]) => {
      const lines = text.replace(/\n$/, '').split('\n')
      const removed = lines.map(line => `-${line}`).join('\n')
      return `diff --git a/${path} b/${path}\ndeleted file mode 100644\n--- a/${path}\n+++ /dev/null\n@@ -1,${lines.length} +0,0 @@\n${removed}\n`
    })
    .join('')
}
