/** The agents that work on code without a model, on small projects in the real sandbox. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Json } from '../../domain/json.ts'
import type { Agent } from '../../domain/ports.ts'
import { type CodeRun, createCodeRun, inTree } from '../code/testing.ts'
import { testSandbox } from '../sandbox/testing.ts'
import { createToolbox } from '../sandboxed/toolbox.ts'
import { codeAdopt } from './code-adopt.ts'
import { codeBegin } from './code-begin.ts'
import { codePrepare } from './code-prepare.ts'
import { codeRefactor } from './code-refactor.ts'
import { codeTests } from './code-tests.ts'
import { gitCheckout } from './git-checkout.ts'
import { removeTemporary, repository } from './testing-repositories.ts'

vi.setConfig({ testTimeout: 90_000 })
const sandbox = testSandbox()
const toolbox = createToolbox()
const runners = ['node:test']
let next = 0

async function perform(run: CodeRun, agent: Agent, input: Json) {
  const result = await agent.run(run.task(next++, { input }))
  await run.keep(result.artifacts ?? [])
  return result
}
async function outputOf(run: CodeRun, agent: Agent, input: Json): Promise<Json> {
  const result = await perform(run, agent, input)
  if (!result.ok) throw new Error(result.failure.message)
  return result.output
}
async function prepared(run: CodeRun, files: Record<string, string>): Promise<Json> {
  const source = await outputOf(run, gitCheckout(toolbox, []), { repo: repository(files), ref: null })
  return outputOf(run, codePrepare(toolbox), { source })
}

beforeAll(() => sandbox.check())
afterAll(removeTemporary)

const test = (name: string, body: string) =>
  `import { test } from 'node:test'\nimport assert from 'node:assert/strict'\nimport { add } from '../src/add.mjs'\ntest('${name}', () => ${body})\n`
const project = {
  'package.json': '{"type":"module","scripts":{"test":"node --test"}}',
  'src/add.mjs': 'export function add(a, b) {\n  var sum = a + b\n  return sum\n}\n',
  'test/add.test.mjs': test('adds', 'assert.equal(add(1, 2), 3)'),
}

it.each(['web-app', 'api-service', 'data-pipeline'])(
  'the structure %s begins with tests that pass',
  async structure => {
    const run = createCodeRun(sandbox)
    const begun = await outputOf(run, codeBegin(toolbox), { structure })
    const source = await outputOf(run, codePrepare(toolbox), { source: begun })
    expect(await outputOf(run, codeTests(toolbox), { source, runners })).toMatchObject({ outcome: 'passed', failed: 0 })
  },
)

it('an empty project, and a structure that there is not, are refused', async () => {
  const run = createCodeRun(sandbox)
  expect(await perform(run, codeBegin(toolbox), { structure: 'x' })).toMatchObject({
    ok: false,
    failure: { code: 'BAD_INPUT', message: expect.stringContaining('api-service, data-pipeline, web-app') },
  })
})

describe('tests', () => {
  it('are compared with an earlier time: what failed before is known, what is new has a place', async () => {
    const run = createCodeRun(sandbox)
    const source = await prepared(run, {
      ...project,
      'test/bad.test.mjs': test('is wrong', 'assert.equal(add(1, 2), 4)'),
    })
    const before = await outputOf(run, codeTests(toolbox), { source, runners })
    expect(before).toMatchObject({ outcome: 'failed', passed: 1, failed: 1, newFailures: 1, failures: ['is wrong'] })
    expect(before).toMatchObject({ findings: [{ file: 'test/bad.test.mjs', line: 4 }] })
    const after = await outputOf(run, codeTests(toolbox), { source, runners, before })
    expect(after).toMatchObject({ outcome: 'passed', failed: 1, newFailures: 0, fixed: 0 })
  })
})

describe('a refactoring', () => {
  it('keeps what passes, takes back what does not, and leaves a commit', async () => {
    const run = createCodeRun(sandbox)
    const spied = `assert.match(String(add), /var sum/)`
    const source = await prepared(run, {
      ...project,
      'src/shape.mjs': 'export const shape = (name) => { let other = 1; return { name: name, other } }\n',
      'test/spy.test.mjs': test('is written so', spied),
    })
    const input = { source, runners, transformations: ['no-var', 'object-shorthand', 'yoda'] }
    const result = await perform(run, codeRefactor(toolbox), input)
    expect(result.ok ? null : result.failure).toBeNull()
    expect(result).toMatchObject({ ok: true, output: { kept: 1, reverted: 1 } })
    expect(result.ok && result.artifacts.map(({ kind }) => kind)).toEqual(['ChangeSummary', 'CodePatch'])
    const told = await inTree(run, sandbox, run.trunk?.hash ?? '', 'cat src/*.mjs; git log -1 --format=%s')
    expect(told).toContain('var sum')
    expect(told).toContain('{ name, other }')
    expect(told).toContain('Refactor: object-shorthand')
  })

  it('touches nothing that no test guards', async () => {
    const run = createCodeRun(sandbox)
    const source = await prepared(run, { 'src/add.mjs': project['src/add.mjs'] })
    expect(await perform(run, codeRefactor(toolbox), { source, runners: [] })).toMatchObject({
      ok: false,
      failure: { code: 'BAD_INPUT', message: expect.stringContaining('no test passes') },
    })
  })
})

it('a change of somebody else is taken in as one commit, deletions too', async () => {
  const run = createCodeRun(sandbox)
  const source = await prepared(run, project)
  const { 'src/add.mjs': _, ...rest } = project
  const change = await outputOf(run, gitCheckout(toolbox, []), {
    repo: repository({ ...rest, 'src/new.mjs': '' }),
    ref: null,
  })
  expect(await perform(run, codeAdopt(toolbox), { source, change })).toMatchObject({ ok: true, output: { files: 2 } })
  expect(await inTree(run, sandbox, run.trunk?.hash ?? '', 'ls src')).toBe('new.mjs')
})
