import { describe, expect, test } from 'vitest'
import type { ModelAsk } from '../domain/ports.ts'
import { differingParts, promptHash } from './prompt-hash.ts'

const ask = (request: Partial<ModelAsk['request']> = {}, needs: Partial<ModelAsk['needs']> = {}): ModelAsk => ({
  purpose: 'turn 1',
  request: {
    system: 'You count.',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'one' }] }],
    tools: [{ name: 'read', description: 'Reads.', inputSchema: { type: 'object', properties: {} } }],
    toolChoice: 'auto',
    maxOutputTokens: 1_000,
    thinking: 'off',
    temperature: null,
    outputSchema: null,
    ...request,
  },
  needs: { abilities: {}, capabilities: { coding: 1 }, allowed: null, avoid: [], preferred: [], ...needs },
})

describe('the hash of a prompt', () => {
  test('has the form of a sha256 and does not depend on the order of keys', () => {
    expect(promptHash(ask())).toMatch(/^[0-9a-f]{64}$/)
    const [tool] = ask().request.tools
    const turned = { inputSchema: { properties: {}, type: 'object' }, description: 'Reads.', name: tool?.name ?? '' }
    expect(promptHash(ask({ tools: [turned] }))).toBe(promptHash(ask()))
  })

  test('does not depend on what others decide', () => {
    expect(promptHash({ ...ask({ maxOutputTokens: 9 }), purpose: 'another' })).toBe(promptHash(ask()))
  })

  test.each([
    ['system', ask({ system: 'You add.' })],
    ['messages', ask({ messages: [] })],
    ['tools', ask({ tools: [{ name: 'read', description: 'Reads a file.', inputSchema: {} }] })],
    ['options', ask({ temperature: 0 })],
    ['options', ask({}, { avoid: ['a/b'] })],
  ])('tells that %s differs, and that nothing else does', (part, other) => {
    expect(differingParts(promptHash(ask()), promptHash(other))).toEqual([part])
  })
})
