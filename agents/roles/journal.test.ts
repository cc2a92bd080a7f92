/** Agents in the hands of the engine: what was recorded is not repeated, and what cannot be done ends as it should. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { OrreryError } from '../../domain/errors.ts'
import type { Json } from '../../domain/json.ts'
import type { Sandbox } from '../../domain/ports.ts'
import { repositoryTeam } from '../registry.ts'
import { testSandbox } from '../sandbox/testing.ts'
import { createTestRun, type Task, type TestRun } from './testing.ts'
import { removeTemporary, repository } from './testing-repositories.ts'

vi.setConfig({ testTimeout: 120_000 })
const sandbox = testSandbox()
const opened = { count: 0 }
const counted: Sandbox = {
  driver: sandbox.driver,
  check: fresh => sandbox.check(fresh),
  open: request => {
    opened.count += 1
    return sandbox.open(request)
  },
}
const unavailable: Sandbox = {
  driver: 'none',
  check: async () => ({ driver: 'none', available: false, checks: [], reason: 'r', mend: 'm' }),
  open: async () => {
    throw new OrreryError('SANDBOX_UNAVAILABLE', 'no cgroup', { hint: 'mount one' })
  },
}
const sourceOf = ({ result }: Task): Json => (result.ok ? result.output : null)
const files = {
  'package.json': '{"scripts":{"test":"node --test"}}',
  'a.test.mjs': `import { test } from 'node:test'\ntest('x', () => {})\n`,
  'b.js': 'if (a = 1) b()\n',
}

beforeAll(() => sandbox.check())
afterAll(removeTemporary)

describe('a task that is done again', () => {
  let run: TestRun
  let repo: string
  beforeAll(() => {
    run = createTestRun(counted)
    repo = repository(files)
  })

  it.each([
    ['git.checkout', () => ({ repo })],
    ['env.doctor', () => ({ source: sourceOf(run.tasks[0] as Task) })],
    ['analyzer.lint', () => ({ source: sourceOf(run.tasks[0] as Task) })],
    ['test.runner', () => ({ source: sourceOf(run.tasks[0] as Task), runner: 'node:test' })],
  ])('%s repeats no recorded call, opens no sandbox and says the same', async (agent, input) => {
    const first = await run.perform(agent, input())
    const recorded = run.journal().at(-1) ?? []
    const before = opened.count
    const second = await run.perform(agent, input(), { recorded })
    expect(first.result.ok).toBe(true)
    expect(second.result).toEqual(first.result)
    expect(opened.count).toBe(before)
  })

  it('goes on after the last recorded call', async () => {
    const input = { source: sourceOf(run.tasks[0] as Task), runner: 'node:test' }
    const recorded = (run.journal().at(-1) ?? []).slice(0, 1)
    const { result } = await run.perform('test.runner', input, { recorded })
    expect(result).toMatchObject({ ok: true, output: { outcome: 'passed', passed: 1 } })
  })

  it('records what fits into an event', () => {
    for (const call of run.journal().flat()) expect(JSON.stringify(call).length).toBeLessThan(16 * 1_024)
  })
})

describe('without a sandbox', () => {
  const names = repositoryTeam()
    .filter(({ workerClass }) => workerClass === 'sandbox')
    .map(({ name }) => name)

  it.each(names)('%s is blocked, and says how to mend it', async name => {
    const source = { tree: '0'.repeat(64), commit: null, packages: [] }
    const run = createTestRun(unavailable)
    const { result } = await run.perform(name, { repo: repository(files), source, runner: 'node:test' })
    expect(result).toMatchObject({
      ok: false,
      blocked: true,
      failure: { code: 'SANDBOX_UNAVAILABLE', message: 'no cgroup', hint: 'mount one' },
    })
  })
})

describe('input that makes no sense', () => {
  it.each(repositoryTeam().map(({ name }) => name))('%s refuses it', async name => {
    for (const input of [null, {}, [], 'x', { source: { tree: '../x' } }, { repo: 7 }] as Json[]) {
      const { result } = await createTestRun(unavailable).perform(name, input)
      expect(result).toMatchObject({ ok: false, failure: { code: 'BAD_INPUT', retryable: false } })
      expect(result.ok ? null : result.blocked).toBe(false)
    }
  })
})

it('a cancelled task ends at once, and leaves nothing running', async () => {
  const run = createTestRun(sandbox)
  const hanging = { ...files, 'a.test.mjs': 'setInterval(() => {}, 1000)\n' }
  const source = sourceOf(await run.perform('git.checkout', { repo: repository(hanging) }))
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 1_500)
  const { result, milliseconds } = await run.perform(
    'test.runner',
    { source, runner: 'node:test' },
    { signal: controller.signal },
  )
  expect(result).toMatchObject({ ok: false, blocked: false, failure: { code: 'CANCELLED' } })
  expect(milliseconds).toBeLessThan(20_000)
})

it('a report without a checkout says what is missing', async () => {
  const { result } = await createTestRun(unavailable).perform('audit.report', {})
  expect(result).toMatchObject({
    ok: false,
    failure: { code: 'BAD_INPUT', message: expect.stringContaining('no repository was checked out') },
  })
})
