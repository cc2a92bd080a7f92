/** A team whose every reply is written down beforehand, so that a workflow can be seen from its first step to its last. */

import type { Json } from '../../domain/json.ts'
import { type ModelMessage, type ModelRequest, noUsage, textOf } from '../../domain/model.ts'
import type { ModelGateway } from '../../queues/model-gateway.ts'

export type Reply = { tool: string; input: Json } | string
type Request = Omit<ModelRequest, 'model'>

const saidIn = (messages: readonly ModelMessage[], role: ModelMessage['role']): string =>
  messages.map(message => (message.role === role ? textOf(message.content) : '')).join('\n')
const turns = (messages: readonly ModelMessage[]): number =>
  messages.filter(({ role, content }) => role === 'assistant' && content.some(part => part.type === 'tool-call')).length

const step = { agent: 'code-generator', acceptance: ['The file is there.'] }
const handedIn: Readonly<Record<string, Json>> = {
  SpecDoc: { summary: 'Two files.', requirements: [{ key: 'files', text: 'Two files.', acceptance: ['They exist.'] }] },
  DesignDoc: { summary: 'Files.', decisions: [{ title: 'Files', choice: 'Text.', why: 'Simple.' }] },
  Plan: {
    summary: 'One file, and another that needs it.',
    steps: [
      { ...step, key: 'first', title: 'The first', goal: 'Write notes/first.txt.' },
      { ...step, key: 'second', title: 'The second', goal: 'Write notes/second.txt.', needs: ['first'] },
      { ...step, key: 'beside', title: 'Beside them', goal: 'Write notes/beside.txt.' },
    ],
  },
  ChangeSummary: { summary: 'It is written.', verified: [{ what: 'The file', how: 'It was read.' }] },
  TestPlan: { summary: 'One test.', cases: [{ name: 'of none', expected: 'An empty list.', outcome: 'passes' }] },
  ResearchNote: { question: 'When?', answer: 'Nobody wrote it down.', notFound: ['a page that says so'] },
}

export type ScriptedTeam = {
  /** What the reviewer says, one after the other; the last for ever. */
  reviews?: readonly Json[]
  /** Which of the files that are written breaks the project instead, from 1. */
  spoiled?: number
  /** How many of the first answers of judges are none. */
  nonsense?: number
  /** Steps of the plan beside one another, each of which writes the same file. */
  clashing?: number
  /** How often the only step of the plan is done independently. */
  contested?: number
  /** Whether the tests that are written fail until there is a notes/fixed.txt. */
  failing?: boolean
}

const ofNone =
  "import assert from 'node:assert/strict'\nimport { test } from 'node:test'\nimport { lengths } from '../src/names.js'\n\ntest('of none', () => assert.deepEqual(lengths([]), []))\n"
const ofFixed =
  "import assert from 'node:assert/strict'\nimport { existsSync } from 'node:fs'\nimport { test } from 'node:test'\n\ntest('is fixed', () => assert.ok(existsSync('notes/fixed.txt')))\n"

/** Takes the place of all models. Whatever is written carries a number, and judges prefer the highest. */
export function scriptedGateway(
  gateway: ModelGateway,
  { reviews = [], spoiled = 0, nonsense = 0, clashing = 0, contested = 0, failing = false }: ScriptedTeam,
): ModelGateway {
  let [reviewed, judged, files] = [0, 0, 0]

  function write(path: string, word: string): Reply {
    const broken = ++files === spoiled
    const input = broken
      ? { path: 'src/names.js', content: 'export const lengths = null\n' }
      : { path, content: `${word} ${files}\n` }
    return { tool: 'write', input }
  }

  function writeTest(): Reply {
    const content = `${failing ? ofFixed : ofNone}// test ${++files}\n`
    return { tool: 'write', input: { path: 'test/none.test.js', content } }
  }

  function replyTo({ tools, toolChoice, outputSchema, messages }: Request): Reply {
    if (outputSchema !== null && 'best' in ((outputSchema.properties as object | undefined) ?? {})) {
      if (++judged <= nonsense) return 'I like them all.'
      return JSON.stringify({ best: bestOf(saidIn(messages, 'user')), reason: 'It has the highest number.' })
    }
    if (outputSchema !== null) return JSON.stringify({ checks: [{ what: 'all', outcome: 'met', evidence: 'seen' }] })
    if (toolChoice === 'none') return '- Write the file.'
    const kind = kindOf(tools)
    const submit = (body: Json): Reply => ({ tool: 'submit', input: { title: `The ${kind}`, body } })
    if (kind === 'ReviewReport') return submit(reviews[Math.min(reviewed++, reviews.length - 1)] ?? null)
    if (kind === 'ChangeSummary' && turns(messages) === 0) {
      const wish = wishIn(saidIn(messages, 'user'))
      if (wish !== null) return write(wish.path, wish.word)
    }
    if (kind === 'TestPlan' && turns(messages) === 0) return writeTest()
    if (kind === 'Plan' && clashing > 0) return submit(clash(clashing))
    if (kind === 'Plan' && contested > 0) return submit(contest(contested))
    return submit(handedIn[kind] ?? null)
  }
  return {
    ...gateway,
    async call(model, request) {
      const reply = replyTo(request)
      const [content, stopReason] =
        typeof reply === 'string'
          ? ([[{ type: 'text', text: reply }], 'end'] as const)
          : ([
              [{ type: 'tool-call', id: 'call', name: reply.tool, input: reply.input, opaque: null }],
              'tool-calls',
            ] as const)
      return { ok: true, reply: { content, stopReason, model }, usage: { ...noUsage, input: 10, output: 10 } }
    },
  }
}

/** What the task asks to be written, the most special wish first. */
function wishIn(told: string): { path: string; word: string } | null {
  const wishes = [
    [/Resolve the conflict .* It is in (notes\/\w+\.txt)\./, 'both'],
    [/Write (notes\/\w+\.txt) anew/, 'anew'],
    [/Write (notes\/\w+\.txt)\./, 'note'],
  ] as const
  for (const [pattern, word] of wishes) {
    const path = pattern.exec(told)?.[1]
    if (path !== undefined) return { path, word }
  }
  return null
}

const clash = (steps: number): Json => ({
  summary: 'The same file, several times.',
  steps: Array.from({ length: steps }, (_, index) => ({
    ...step,
    ...{ key: `clash-${index}`, title: `Clash ${index}`, goal: 'Write notes/same.txt.' },
  })),
})

const contest = (consensus: number): Json => ({
  summary: 'One step, several times.',
  steps: [{ ...step, key: 'best', title: 'The best', goal: 'Write notes/best.txt.', consensus }],
})

/** The place of the candidate with the highest number, from 1. */
function bestOf(shown: string): number {
  const numbers = shown
    .split('# Candidate ')
    .slice(1)
    .map(one => Number(/^\+(?:note|anew|\/\/ test) (\d+)$/m.exec(one)?.[1] ?? 0))
  return numbers.indexOf(Math.max(...numbers)) + 1
}

/** The artifact that is asked for stands as the title of what `submit` takes. */
function kindOf(tools: Request['tools']): string {
  const schema = tools.find(({ name }) => name === 'submit')?.inputSchema as
    | { properties?: { body?: { title?: string } } }
    | undefined
  return schema?.properties?.body?.title ?? ''
}
