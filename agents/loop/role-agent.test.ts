/** Agents that change code, in the real sandbox: ten turns, taken over at every point, in each other's way, and sent back. */
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Json } from '../../domain/json.ts'
import type { Handoff, HandoffOutcome } from '../../domain/ports.ts'
import type { Role } from '../../domain/role.ts'
import { createCodeRun, inTree, sourceWith } from '../code/testing.ts'
import { testSandbox } from '../sandbox/testing.ts'
import type { Source } from '../sandboxed/source.ts'
import { createToolbox } from '../sandboxed/toolbox.ts'
import { createRoleAgent } from './role-agent.ts'
import { calling, type Entry, heard, inTurn, type Said, type ScriptedOptions, saying, scriptedTask } from './testing.ts'

vi.setConfig({ testTimeout: 240_000 })
const soak = process.env.SOAK !== undefined
const sandbox = testSandbox()
const toolbox = createToolbox()
const run = createCodeRun(sandbox)
const files = {
  'README.md': '# Sums\nWrite small functions.\n',
  'CLAUDE.md': 'Run the tests with run_tests.\n',
  'package.json': '{"scripts":{"test":"node --test"}}',
  'sum.mjs': 'export const sum = numbers => numbers.reduce((a, b) => a - b, 0)\n',
  'sum.test.mjs':
    "import assert from 'node:assert'\nimport { test } from 'node:test'\nimport { sum } from './sum.mjs'\ntest('adds', () => assert.equal(sum([1, 2]), 3))\n",
}
const role: Role = {
  ...{ name: 'code-generator', version: 1, title: 'Coder', description: '', prompt: 'Write code.' },
  tools: ['list', 'read', 'search', 'edit', 'write', 'shell', 'run_tests', 'git_status', 'git_diff', 'submit'],
  ...{ reads: [], produces: 'ChangeSummary', writes: true, capabilities: { coding: 1 }, abilities: {}, preferred: [] },
  thinking: 'off',
  limits: { maxTurns: 20, maxToolCalls: 50, maxOutputTokens: 2_000 },
  reasoning: false,
}
/**
 * After how many entries of a journal its worker is lost: everywhere under `npm run soak`; else at the first, at the last,
 * around what changes the tree or the trunk, and at every fourth.
 */
function cutsOf(journal: readonly Entry[]): number[] {
  const all = Array.from({ length: journal.length + 1 }, (_, cut) => cut)
  const isChange = (at: number) => /^tool (edit|git|merge)$/.test(journal[at]?.kind ?? '')
  return all.filter(cut => soak || cut % 4 === 0 || cut === journal.length || isChange(cut) || isChange(cut - 1))
}
const submit = (summary = 'Add instead of subtracting') =>
  calling(['submit', { title: 'Sum adds', body: { summary, verified: [{ what: 'adds', how: 'run_tests' }] } }])
const mend = calling(['edit', { path: 'sum.mjs', old: 'a - b', new: 'a + b' }])
const tenTurns: readonly Said[] = [
  calling(['list', {}], ['read', { path: 'sum.mjs' }]),
  calling(['run_tests', { runner: 'node:test' }]),
  calling(['search', { pattern: 'reduce' }]),
  calling(['edit', { path: 'sum.mjs', old: 'a * b', new: 'a + b' }]),
  mend,
  calling(['run_tests', { runner: 'node:test', files: ['sum.test.mjs'] }]),
  calling(['git_diff', {}]),
  calling(['write', { path: 'notes.txt', content: 'x\n' }]),
  calling(['shell', { command: 'rm notes.txt' }]),
  submit(),
]

let source: Source
beforeAll(async () => {
  // Commits are made at the same second, so that the same work has the same hash.
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 })
  await sandbox.check()
  source = await sourceWith(run, sandbox, files, { commit: 'f'.repeat(40) })
})

async function perform(replies: readonly Said[], options: Partial<ScriptedOptions> = {}, changed: Partial<Role> = {}) {
  const input = { objective: 'sum([1, 2]) should be 3.', source: source as unknown as Json }
  const task = scriptedTask({ sandbox, script: inTurn(...replies), input, blobs: run.blobs, ...options })
  const result = await createRoleAgent({ ...role, ...changed }, { toolbox }).run(task.context)
  return { ...task, result }
}

describe('ten turns', () => {
  let whole: Awaited<ReturnType<typeof perform>>
  beforeAll(async () => {
    whole = await perform(tenTurns)
  })

  it('end in a merged change with where it came from', async () => {
    expect(whole.asked).toHaveLength(10)
    expect(whole.result).toMatchObject({
      ok: true,
      output: {
        files: ['sum.mjs'],
        summary: 'Add instead of subtracting',
        simulated: false,
        models: ['test/scripted'],
      },
      artifacts: [{ kind: 'ChangeSummary', title: 'Sum adds' }, { kind: 'CodePatch' }],
    })
    const trunk = await whole.context.trunk()
    const log = await inTree(run, sandbox, trunk?.hash ?? '', 'git log -1 --format=%B && cat sum.mjs')
    expect(log).toContain('Add instead of subtracting\n\nOrrery-Run: run_test\nOrrery-Task: 3\n')
    expect(log).toContain('Orrery-Model: test/scripted')
    expect(log).toContain('a + b')
  })

  it('begin with the conventions of the project, and the task last', () => {
    const [first] = whole.asked[0]?.request.messages ?? []
    const told = (first?.content ?? []).map(part => ('text' in part ? part.text : ''))
    expect(told[0]).toBe(
      '# Conventions of the project\n## CLAUDE.md\nRun the tests with run_tests.\n\n## README.md\n# Sums\nWrite small functions.',
    )
    expect(told[1]).toMatch(
      /^# The repository\nIt stands at commit [0-9a-f]{7} ".*"\.\n\nScripts of package\.json:\ntest: node --test\n\nFiles:\nCLAUDE\.md\n/,
    )
    expect(told.at(-1)).toBe('# Your task\nsum([1, 2]) should be 3.')
  })

  it('show what the tools said', () => {
    const said = whole.asked.map(heard)
    expect(said[2]).toMatch(/^0 passed, 1 failed, 0 skipped \(node:test\)\nFAILED adds/)
    expect(said[4]).toContain('`old` does not stand in sum.mjs')
    expect(said[6]).toBe('1 passed, 0 failed, 0 skipped (node:test)')
    expect(said[7]).toContain('+export const sum = numbers => numbers.reduce((a, b) => a + b, 0)')
  })

  it(`are the same from the journal at ${soak ? 'every cut' : 'cuts'}, and repeat nothing that it holds`, async () => {
    for (const cut of cutsOf(whole.journal)) {
      const again = await perform(tenTurns, { recorded: whole.journal.slice(0, cut) })
      expect(again.done).toEqual(whole.journal.slice(cut).map(({ kind }) => kind))
      expect(again.result).toEqual(whole.result)
      expect(again.asked).toEqual(whole.asked.slice(whole.asked.length - again.asked.length))
      expect((await again.context.trunk())?.commit).toBe((await whole.context.trunk())?.commit)
    }
  }, 600_000)
})

describe('a change', () => {
  it('of a simulated model is labelled in artifacts and commit', async () => {
    const { result, context } = await perform([mend, submit()], { simulated: true })
    const [summary, patch] = (result.artifacts ?? []).map(({ title, body }) => ({ title, ...JSON.parse(String(body)) }))
    expect(summary).toMatchObject({ title: 'Sum adds (simulated)', simulated: true })
    expect(patch).toMatchObject({ title: 'Sum adds (simulated)', simulated: true })
    const trunk = await context.trunk()
    expect(await inTree(run, sandbox, trunk?.hash ?? '', 'git log -1 --format=%B')).toContain('Simulated: true')
  })

  it('that conflicts is handed to the resolver, which begins at both sides and merges', async () => {
    const edit = calling(['edit', { path: 'sum.mjs', old: 'a - b', new: 'b + a' }])
    const other = await perform([edit, submit('Other')], { taskIndex: 8 })
    const trunk = await other.context.trunk()
    // The other task is merged while this one works.
    const begun = await perform([mend, submit()])
    const edited = begun.journal.findIndex(({ kind }) => kind === 'tool edit') + 1
    const recorded = begun.journal.slice(0, edited).map(entry => ({ ...entry, trunk }))
    const offered: Handoff[] = []
    const nobody = (handoff: Handoff): HandoffOutcome => {
      offered.push(handoff)
      return { outcome: 'refused', reason: 'nobody is there' }
    }
    const alone = await perform([mend, submit()], { recorded, handOff: nobody })
    expect(alone.result).toMatchObject({ ok: false, failure: { code: 'CONFLICT', retryable: true } })
    expect(offered[0]).toMatchObject({ agent: 'merge-resolver', begin: { commit: trunk?.commit } })
    expect(JSON.stringify(offered[0]?.carried)).toMatch(/- sum\.mjs.*<<<<<<<.*=======.*>>>>>>>/)

    const content = 'export const sum = n => n.reduce((a, b) => a + b, 0)\n'
    const input = { objective: 'Resolve it.', source: source as unknown as Json, begin: offered[0]?.begin as Json }
    const resolver = { name: 'merge-resolver' }
    const replies = [calling(['read', { path: 'sum.mjs' }], ['write', { path: 'sum.mjs', content }]), submit('Resolve')]
    const resolved = await perform(replies, { input, trunk, taskIndex: 9 }, resolver)
    expect(heard(resolved.asked[1] as never)).toContain('<<<<<<<')
    expect(resolved.result).toMatchObject({ ok: true, output: { files: ['sum.mjs'] } })
    const merged = await resolved.context.trunk()
    expect(await inTree(run, sandbox, merged?.hash ?? '', 'cat sum.mjs; git log --format=%s')).toMatch(
      /n\.reduce\(\(a, b\) => a \+ b, 0\)\nSum adds\nSum adds\n/,
    )

    if (!resolved.result.ok) throw new Error(resolved.result.failure.message)
    const patch = resolved.result.artifacts.find(({ kind }) => kind === 'CodePatch')
    const kept = await run.blobs.put(new TextEncoder().encode(String(patch?.body)))
    const artifact = { artifactId: 'art_9', kind: 'CodePatch', title: '', mediaType: 'application/json', ...kept }
    const { output } = resolved.result
    const author = await perform([mend, submit()], {
      recorded,
      handOff: () => ({ outcome: 'done', taskIndex: 9, output }),
      artifacts: [{ ...artifact, taskIndex: 9 }],
    })
    expect(author.result).toMatchObject({ ok: true, output: { files: ['sum.mjs'], commit: merged?.commit } })
  })

  it('that is none is asked about once', async () => {
    const { result, asked } = await perform([submit()])
    expect(heard(asked[1] as never)).toContain('Nothing in the tree is changed.')
    expect(result).toMatchObject({ ok: true, output: { files: [], commit: null } })
  })
})

describe('reasoning', () => {
  const checks = (outcome: string) =>
    saying(
      `Here:\n\`\`\`json\n${JSON.stringify({ checks: [{ what: 'It adds', outcome, evidence: 'run_tests' }] })}\n\`\`\``,
    )
  const plan = saying('- Read sum.mjs\n2. Mend it\n- The tests pass')

  it('plans, acts and checks, and keeps both', async () => {
    const { result, asked } = await perform([plan, mend, submit(), checks('met')], {}, { reasoning: true })
    expect(asked.map(({ purpose }) => purpose)).toEqual(['plan', 'turn 1', 'turn 2', 'check'])
    expect(asked[0]?.request.toolChoice).toBe('none')
    expect(asked[3]?.request.outputSchema).toMatchObject({ type: 'object' })
    const kept = result.artifacts?.find(({ kind }) => kind === 'Reasoning')
    expect(JSON.parse(String(kept?.body))).toMatchObject({
      plan: ['Read sum.mjs', 'Mend it', 'The tests pass'],
      checks: [{ what: 'It adds', outcome: 'met', evidence: 'run_tests' }],
    })
  })

  it('sends back what its own check found missing, once', async () => {
    const script = [plan, submit(), checks('not-met'), mend, submit()]
    const { result, asked } = await perform(script, {}, { reasoning: true })
    expect(heard(asked[3] as never)).toContain(
      'Not accepted yet. Your own check found this not met:\n- It adds: run_tests',
    )
    expect(result).toMatchObject({ ok: true, output: { files: ['sum.mjs'] } })
  })
})
