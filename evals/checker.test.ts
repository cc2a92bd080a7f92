/** The checks of the evals hold what they promise: they pass what is right, and nothing that only looks like it. */
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { testSandbox } from '../agents/sandbox/testing.ts'
import { createToolbox } from '../agents/sandboxed/toolbox.ts'
import { checkPatch } from './checker.ts'
import { type EvalTask, readTasks } from './task.ts'

vi.setConfig({ testTimeout: 120_000 })
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

describe.each(tasks.map(task => [task.name, task] as const))('%s', (_, task) => {
  const verdict = (patch: string) => checkPatch(bench, task, patch)

  test('passes its reference solution', async () => {
    const { passed, checks } = await verdict(task.hidden.get('solution.patch') ?? '')
    expect(checks.filter(({ ok }) => !ok)).toEqual([])
    expect(passed).toBe(true)
  })

  test('fails an empty patch', async () => {
    expect((await verdict('')).passed).toBe(false)
  })

  test('fails a patch that deletes the tests', async () => {
    const deleted = await verdict(deletion(task))
    expect(deleted.checks.find(({ name }) => name === 'tests are kept')).toMatchObject({ ok: false })
    expect(deleted.passed).toBe(false)
  })

  test('fails expected values that are written into the code', async () => {
    const { passed, checks } = await verdict(task.hidden.get('hard-coded.patch') ?? '')
    expect(checks.find(({ name }) => name === 'the patch applies')).toMatchObject({ ok: true })
    expect(passed).toBe(false)
  })
})

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
