/** The simulated model by what it says: whole conversations, without a repository behind them. */
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Reasoning } from '../../../domain/evidence.ts'
import { type ModelMessage, type ModelOutcome, type ModelRequest, toolCallsOf } from '../../../domain/model.ts'
import { ChangeSummary, DesignDoc, Plan, ReviewReport, SpecDoc, TestPlan } from '../../../domain/work.ts'
import { createSubmit } from '../../tools/submit.ts'
import { simulatedModels } from './models.ts'
import { createSimulatedProvider } from './provider.ts'

const provider = createSimulatedProvider({ seed: 1 })
const tool = (name: string) => ({ name, description: name, inputSchema: { type: 'object' } })
const request = (more: Partial<ModelRequest> = {}): ModelRequest => ({
  model: 'quick',
  system: 'You work on code.',
  messages: [{ role: 'user', content: [{ type: 'text', text: '# Your task\nMake add(1, 2) right.' }] }],
  tools: [tool('run_tests'), tool('list'), tool('read'), tool('edit'), createSubmit('ChangeSummary').spec],
  toolChoice: 'auto',
  maxOutputTokens: 4_000,
  thinking: 'off',
  temperature: null,
  outputSchema: null,
  ...more,
})

async function spoken(asked: ModelRequest, signal = new AbortController().signal, from = provider) {
  const stream = from.stream(asked, signal)
  const deltas: string[] = []
  for (;;) {
    const next = await stream.next()
    if (next.done === true) return { deltas, outcome: next.value }
    deltas.push(next.value.type === 'tool-call' ? next.value.json : next.value.text)
  }
}
const replyOf = (outcome: ModelOutcome) => {
  if (!outcome.ok) throw new Error(outcome.error.message)
  return outcome.reply
}

/** Goes on until it calls nothing, or submits; `act` answers the calls. */
async function converse(asked: ModelRequest, act: (name: string, input: Record<string, string>) => string) {
  const messages: ModelMessage[] = [...asked.messages]
  for (let turn = 0; turn < 100; turn += 1) {
    const { content } = replyOf((await spoken({ ...asked, messages })).outcome)
    const calls = toolCallsOf(content)
    const submitted = calls.find(({ name }) => name === 'submit')
    if (calls.length === 0 || submitted !== undefined) return { turns: turn + 1, submitted: submitted?.input ?? null }
    messages.push({ role: 'assistant', content })
    const results = calls.map(({ id, name, input }) => ({
      ...{ type: 'tool-result' as const, id, name, isError: false },
      text: act(name, input as Record<string, string>),
    }))
    messages.push({ role: 'user', content: results })
  }
  throw new Error('it goes on for ever')
}

test('the same conversation gets the same reply, whose deltas add up to it', async () => {
  const [first, second] = [await spoken(request()), await spoken(request())]
  expect(first).toEqual(second)
  const { content, stopReason } = replyOf(first.outcome)
  expect(stopReason).toBe('tool-calls')
  const text = content.map(part => (part.type === 'tool-call' ? JSON.stringify(part.input) : part.text)).join('')
  expect(first.deltas.join('')).toBe(text)
})

test('tokens are counted, as much for the count beforehand as for the bill', async () => {
  const { outcome } = await spoken(request())
  const count = await provider.countTokens(request(), new AbortController().signal)
  expect(outcome).toMatchObject({ ok: true, usage: { input: count } })
  expect(count).toBeGreaterThan(200)
  const longer = request({ system: 'You work on code. <|endoftext|> '.repeat(100) })
  expect(await provider.countTokens(longer, new AbortController().signal)).toBeGreaterThan(count + 500)
})

test('what cannot be is a value', async () => {
  expect((await spoken(request({ model: 'none' }))).outcome).toMatchObject({
    ok: false,
    error: { code: 'UNKNOWN_MODEL' },
    mayHaveCost: false,
  })
  const long = request({ system: 'word '.repeat(250_000) })
  expect((await spoken(long)).outcome).toMatchObject({ ok: false, error: { code: 'CONTEXT_TOO_LONG' } })
  expect((await spoken(request({ maxOutputTokens: 2 }))).outcome).toMatchObject({
    ok: true,
    reply: { stopReason: 'length' },
  })
})

test('a cancelled call ends at once, with what it had said', async () => {
  const slow = createSimulatedProvider({ seed: 1, tokensPerSecond: 5 })
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 300)
  const started = performance.now()
  const { outcome } = await spoken(request(), controller.signal, slow)
  expect(performance.now() - started).toBeLessThan(1_500)
  expect(outcome).toMatchObject({ ok: false, error: { code: 'CANCELLED' }, mayHaveCost: true })
})

test('its models are labelled by their provider, and have a price', () => {
  expect(simulatedModels.map(({ id }) => id)).toEqual(['simulated/quick', 'simulated/careful'])
  for (const { price } of simulatedModels) expect(price?.input).toBeGreaterThan(0)
})

describe('what it submits fits the schema', () => {
  const kinds = { SpecDoc, Plan, DesignDoc } as const
  test.each(Object.entries(kinds))('%s', async (kind, schema) => {
    const { submitted } = await converse(request({ tools: [createSubmit(kind as 'Plan').spec] }), () => '')
    expect(schema.safeParse((submitted as { body: unknown }).body).error).toBeUndefined()
  })

  test('JSON that is asked for', async () => {
    const { $schema: _, ...outputSchema } = z.toJSONSchema(Reasoning, { io: 'input' })
    const { outcome } = await spoken(request({ outputSchema: outputSchema as never, toolChoice: 'none' }))
    const [part] = replyOf(outcome).content
    expect(Reasoning.safeParse(JSON.parse(part?.type === 'text' ? part.text : '')).error).toBeUndefined()
  })
})

describe('a fault', () => {
  const source = (operator: string) =>
    `     1\texport function add(left, right) {\n     2\t  return left ${operator} right\n     3\t}`
  const test1 = `     1\timport { add } from '../src/add.js'\n     2\ttest('adds', () => assert.equal(add(1, 2), 3))`
  /** A repository as its tools show it, in which one line can be edited. */
  const repository = (broken: string, mended: string) => {
    let operator = broken
    return (name: string, input: Record<string, string>): string => {
      if (name === 'list') return 'src/\nsrc/add.js (60 bytes)\ntest/\ntest/add.test.js (90 bytes)'
      if (name === 'read') return input.path === 'src/add.js' ? source(operator) : test1
      if (name === 'edit') operator = / ([+*/-]) right/.exec(input.new ?? '')?.[1] ?? '?'
      const red = '0 passed, 1 failed, 0 skipped (node:test)\nFAILED adds (test/add.test.js:2)\n    -1 !== 3'
      return operator === mended ? '1 passed, 0 failed, 0 skipped (node:test)' : red
    }
  }

  test('is found by what the tests say, and summed up', async () => {
    const { submitted } = await converse(request(), repository('-', '+'))
    const { body } = submitted as { body: unknown }
    expect(ChangeSummary.parse(body)).toMatchObject({ changes: [{ file: 'src/add.js' }], testsAdded: [] })
  })

  test('that it cannot mend ends without a submission, and not late', async () => {
    const { submitted, turns } = await converse(request(), repository('-', 'never'))
    expect(submitted).toBeNull()
    expect(turns).toBeLessThan(30)
  })

  test('is mended at its cause rather than by a value that only fits', async () => {
    const lines = [
      'export function sum(values) {',
      '  let total = 0',
      '  for (let index = 1; index < values.length; index++) total += values[index]',
      '  return total',
      '}',
    ]
    const given = `     1\timport { sum } from '../src/sum.js'\n     2\ttest('adds', () => assert.equal(sum([1, 2]), 3))`
    const { submitted } = await converse(request(), (name, input) => {
      if (name === 'list') return 'src/\nsrc/sum.js (60 bytes)\ntest/\ntest/sum.test.js (90 bytes)'
      const numbered = lines.map((line, index) => `${String(index + 1).padStart(6)}\t${line}`).join('\n')
      if (name === 'read') return input.path === 'src/sum.js' ? numbered : given
      if (name === 'edit') {
        const changed = lines
          .join('\n')
          .replace(input.old ?? '', () => input.new ?? '')
          .split('\n')
        lines.splice(0, lines.length, ...changed)
        return 'Done.'
      }
      const passes = lines[1] === '  let total = 1' || /index = 0;/.test(lines[2] ?? '')
      const red = '0 passed, 1 failed, 0 skipped (node:test)\nFAILED adds (test/sum.test.js:2)\n    2 !== 3'
      return passes ? '1 passed, 0 failed, 0 skipped (node:test)' : red
    })
    expect(submitted).not.toBeNull()
    expect(lines.slice(1, 3)).toEqual(['  let total = 0', expect.stringContaining('index = 0;')])
  })

  test('that no test shows is left alone', async () => {
    const { submitted } = await converse(request(), () => '3 passed, 0 failed, 0 skipped (node:test)')
    expect(submitted).toBeNull()
  })
})

describe('a review', () => {
  const diff = (file: string, removed: string, added: string) =>
    `diff --git a/${file} b/${file}\n--- a/${file}\n+++ b/${file}\n@@ -4 +4 @@\n-${removed}\n+${added}\n`
  const reviewed = async (change: string, tests: string) => {
    const tools = [tool('run_tests'), tool('git_diff'), createSubmit('ReviewReport').spec]
    const { submitted } = await converse(request({ tools }), name => (name === 'git_diff' ? change : tests))
    return ReviewReport.parse((submitted as { body: unknown }).body)
  }
  const green = '3 passed, 0 failed, 0 skipped (node:test)'
  const good = diff('src/a.js', '  return a - b', '  return a + b')

  test('approves a small change with which all tests pass', async () => {
    expect(await reviewed(good, green)).toMatchObject({ verdict: 'approve', findings: [] })
  })

  test('says where nothing but a literal changed, and approves it nevertheless', async () => {
    const fitted = await reviewed(diff('src/a.js', '  let total = 0', '  let total = 1'), green)
    expect(fitted).toMatchObject({ verdict: 'approve', findings: [{ file: 'src/a.js', line: 4, severity: 'info' }] })
    expect(fitted.findings[0]?.problem).toContain('a literal changed, to 1')
  })

  test.each([
    ['tests fail', good, '2 passed, 1 failed, 0 skipped (x)\nFAILED adds (test/a.test.js:7)\n    no', 'test/a.test.js'],
    ['tests do not run', good, 'no tests were run (no runner)', 'src/a.js'],
    ['an assertion went', diff('test/a.test.js', '  assert.equal(a, 1)', '  // later'), green, 'test/a.test.js'],
    ['a test is skipped', diff('test/a.test.js', 'x', "test.skip('adds')"), green, 'test/a.test.js'],
    ['there is too much of it', diff('src/a.js', 'x', Array(80).fill('y').join('\n+')), green, 'src/a.js'],
    ['nothing changed', '', green, null],
  ])('asks for changes where %s', async (_, change, tests, file) => {
    const { verdict, findings } = await reviewed(change, tests)
    expect(verdict).toBe('changes')
    expect(findings[0]?.file).toBe(file)
  })
})

test('an example in words becomes a test that fails', async () => {
  const files: Record<string, string> = {}
  const tools = [
    tool('run_tests'),
    tool('list'),
    tool('read'),
    tool('search'),
    tool('write'),
    createSubmit('TestPlan').spec,
  ]
  const text = '# Your task\n`total([1, 2])` should be 3 but is 4.'
  const asked = request({ tools, messages: [{ role: 'user', content: [{ type: 'text', text }] }] })
  const { submitted } = await converse(asked, (name, input) => {
    if (name === 'list') return 'src/total.js (10 bytes)\ntest/other.test.js (10 bytes)'
    if (name === 'search') return 'src/total.js:3: export function total(values) {'
    if (name === 'write') files[input.path ?? ''] = input.content ?? ''
    if (name !== 'run_tests') return "     1\timport { test } from 'node:test'"
    const made = Object.keys(files)[0]
    return made === undefined
      ? '1 passed, 0 failed, 0 skipped (node:test)'
      : `1 passed, 1 failed, 0 skipped (node:test)\nFAILED total (${made}:5)\n    4 !== 3`
  })
  expect(files['test/total-examples.test.js']).toContain('assert.deepEqual(await total([1, 2]), 3)')
  const plan = TestPlan.parse((submitted as { body: unknown }).body)
  expect(plan.reproduces).toMatchObject({ test: 'total', failure: '4 !== 3' })
  expect(plan.cases).toMatchObject([{ file: 'test/total-examples.test.js', outcome: 'fails' }])
})
