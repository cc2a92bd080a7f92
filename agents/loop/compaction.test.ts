/** Making room: what stays, what becomes a summary, and what is done where there is none. */
import { describe, expect, it } from 'vitest'
import { OrreryError } from '../../domain/errors.ts'
import type { ModelMessage } from '../../domain/model.ts'
import type { ModelAsk } from '../../domain/ports.ts'
import { memoryBlobs } from '../memory-blobs.ts'
import { compact, isNearlyFull } from './compaction.ts'
import { weightOf } from './conversation.ts'
import { type Said, saying, scriptedTask } from './testing.ts'

const needs: ModelAsk['needs'] = { abilities: {}, capabilities: {}, allowed: null, avoid: [], preferred: [] }
const contextTokens = 4_000
const turn = (n: number, size: number): ModelMessage[] => [
  {
    role: 'assistant',
    content: [{ type: 'tool-call', id: `c${n}`, name: 'read', input: { path: `${n}` }, opaque: null }],
  },
  {
    role: 'user',
    content: [{ type: 'tool-result', id: `c${n}`, name: 'read', text: `${n}:${'x'.repeat(size)}`, isError: false }],
  },
]
const conversation = (turns: number, size: number): ModelMessage[] => [
  { role: 'user', content: [{ type: 'text', text: '# Your task\nKeep this.' }] },
  ...Array.from({ length: turns }, (_, n) => turn(n, size)).flat(),
]

async function shorten(messages: readonly ModelMessage[], said: Said, blobs = memoryBlobs()) {
  const task = scriptedTask({
    blobs,
    script: () => said,
    sandbox: { driver: '', check: () => Promise.reject(new Error()), open: () => Promise.reject(new Error()) },
  })
  return { ...task, blobs, after: await compact(messages, { context: task.context, contextTokens, needs }) }
}
const weight = (messages: readonly ModelMessage[]) => messages.reduce((sum, message) => sum + weightOf(message), 0)

/** Each result follows the call that it answers, and each call has one. */
function isPaired(messages: readonly ModelMessage[]): boolean {
  return messages.every(({ role, content }, index) => {
    const ids = (of: ModelMessage | undefined, type: string) =>
      (of?.content ?? []).flatMap(part => (part.type === type && 'id' in part ? [part.id] : []))
    const other = role === 'user' ? messages[index - 1] : messages[index + 1]
    const [calls, results] = [
      ids({ role, content } as ModelMessage, role === 'user' ? 'tool-result' : 'tool-call'),
      ids(other, role === 'user' ? 'tool-call' : 'tool-result'),
    ]
    return calls.join() === results.join()
  })
}

describe('a conversation that is too long', () => {
  it.each([2, 3, 5, 9, 40])(
    'of %i turns keeps its task and newest turns, and no call without its result',
    async turns => {
      const before = conversation(turns, 3_000)
      const { after, asked } = await shorten(before, saying('I read files.'))
      expect(after[0]).toMatchObject({
        content: [
          { text: '# Your task\nKeep this.' },
          { text: expect.stringMatching(/^# What happened so far\n[\s\S]*I read files\.$/) },
        ],
      })
      expect(after.slice(1)).toEqual(before.slice(-(after.length - 1)))
      expect(after.length).toBeGreaterThan(1)
      expect(weight(after)).toBeLessThan(weight(before))
      expect(isPaired(after)).toBe(true)
      expect(asked[0]).toMatchObject({ purpose: 'compact', request: { tools: [], toolChoice: 'none' } })
      expect(JSON.stringify(asked[0]).length).toBeLessThan(contextTokens * 4)
    },
  )

  it('stays readable', async () => {
    const before = conversation(6, 3_000)
    const { journal, blobs } = await shorten(before, saying('Short.'))
    const record = journal.find(({ kind }) => kind === 'tool compact')?.result as { outputHash: string }
    const kept = JSON.parse(new TextDecoder().decode(await blobs.get(record.outputHash)))
    expect(kept).toEqual({ summary: 'Short.', messages: before })
  })

  it('is summarised again with the summary before it', async () => {
    const once = await shorten(conversation(6, 3_000), saying('First.'))
    const twice = await shorten(
      [...once.after, ...turn(7, 3_000), ...turn(8, 3_000), ...turn(9, 3_000)],
      saying('Second.'),
    )
    expect(JSON.stringify(twice.asked[0])).toContain('First.')
    expect(JSON.stringify(twice.after)).not.toContain('First.')
    expect(JSON.stringify(twice.after)).toContain('Keep this.')
  })

  it.each<[string, Said]>([
    ['no model answers', new OrreryError('UNAVAILABLE', 'nobody')],
    ['it says nothing', saying('  ')],
    ['it refuses', { content: saying('No.'), stopReason: 'refusal' }],
  ])('loses the middle of its results where %s', async (_, said) => {
    const before = conversation(6, 3_000)
    const { after } = await shorten(before, said)
    expect(after).toHaveLength(before.length)
    expect(weight(after)).toBeLessThan(weight(before))
    expect(isPaired(after)).toBe(true)
  })

  it('ends with the task where a person stopped the spending', async () => {
    await expect(shorten(conversation(6, 3_000), new OrreryError('DENIED', 'stop'))).rejects.toMatchObject({
      code: 'DENIED',
    })
  })

  it('of one huge turn is cut there', async () => {
    const { after } = await shorten(conversation(1, 50_000), saying(''))
    expect(weight(after)).toBeLessThan(5_000)
    expect(isPaired(after)).toBe(true)
  })
})

it('is seen in time, by the count of the provider or by the length', async () => {
  const answer = {
    ...{ reply: { content: [], stopReason: 'end' as const, model: 'm' }, model: 'm', costMicros: 0, simulated: false },
    contextTokens,
  }
  const usage = { input: 100, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 }
  const short = conversation(2, 100)
  expect(isNearlyFull(short, null, 100)).toBe(false)
  expect(isNearlyFull(short, { answer: { ...answer, usage }, messages: 5 }, 100)).toBe(false)
  expect(isNearlyFull(short, { answer: { ...answer, usage: { ...usage, input: 3_500 } }, messages: 5 }, 100)).toBe(true)
  expect(isNearlyFull(conversation(5, 3_000), { answer: { ...answer, usage }, messages: 5 }, 100)).toBe(true)
})
