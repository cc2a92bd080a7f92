import { expect, test } from 'vitest'
import type { ModelMessage, ModelRequest } from '../../domain/model.ts'
import { anthropicBody } from './anthropic-request.ts'
import { read, requestOf } from './contract.ts'
import type { Endpoint } from './endpoint.ts'

const abilities = { tools: true, vision: false, thinking: true, structuredOutput: true }
const names = ['claude-opus-5-5', 'claude-sonnet-5-5', 'claude-haiku-5-5', 'claude-opus-5', 'claude-haiku-4-5-20251001']
const endpoint = { models: names.map(name => ({ name, abilities })) } as unknown as Endpoint
const body = (model: string, changes: Partial<ModelRequest> = {}) => anthropicBody(requestOf(model, changes), endpoint)
const text = (role: 'user' | 'assistant', said: string): ModelMessage => ({
  role,
  content: [{ type: 'text', text: said }],
})

test('instructions, tools and the last two words of the user are marked for the cache: four marks, no more', () => {
  const messages = [
    text('user', 'a'),
    text('assistant', 'b'),
    text('user', 'c'),
    text('assistant', 'd'),
    text('user', 'e'),
  ]
  const {
    system,
    tools,
    messages: sent,
  } = body('claude-opus-5-5', { messages, tools: [{ ...read, name: 'list' }, read] })
  expect(system).toMatchObject([{ cache_control: { type: 'ephemeral' } }])
  expect(tools?.map(tool => 'cache_control' in tool)).toEqual([false, true])
  const marked = sent.map(({ content }) => JSON.stringify(content).includes('cache_control'))
  expect(marked).toEqual([false, false, true, false, true])
})

test.each<[string, ModelRequest['thinking'], object]>([
  ['claude-opus-5-5', 'high', { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } }],
  ['claude-opus-5-5', 'off', { thinking: undefined, output_config: { effort: 'low' } }],
  ['claude-sonnet-5-5', 'off', { thinking: { type: 'between_tools' }, output_config: undefined }],
  ['claude-haiku-5-5', 'off', { thinking: { type: 'disabled' }, output_config: undefined }],
  [
    'claude-haiku-4-5-20251001',
    'low',
    { thinking: { type: 'enabled', budget_tokens: 2_048 }, output_config: undefined },
  ],
  ['claude-haiku-4-5-20251001', 'off', { thinking: undefined, output_config: undefined }],
  ['unknown-model', 'high', { thinking: undefined, output_config: undefined }],
])('%s thinks %s as it can', (model, thinking, expected) => {
  const { thinking: sent, output_config } = body(model, { thinking })
  expect({ thinking: sent, output_config }).toMatchObject(expected)
})

test('tools are forced only where that is allowed', () => {
  const choice = (model: string, thinking: ModelRequest['thinking']) =>
    body(model, { thinking, tools: [read], toolChoice: 'required' }).tool_choice
  expect(choice('claude-opus-5', 'off')).toEqual({ type: 'any' })
  expect(choice('claude-opus-5', 'low')).toEqual({ type: 'auto' })
  expect(choice('claude-opus-5-5', 'off')).toEqual({ type: 'auto' })
})

test('a budget of thoughts always leaves room for the reply', () => {
  expect(body('claude-haiku-4-5-20251001', { thinking: 'high', maxOutputTokens: 4_000 }).thinking).toMatchObject({
    budget_tokens: 3_488,
  })
  expect(body('claude-haiku-4-5-20251001', { thinking: 'high', maxOutputTokens: 1_200 }).thinking).toBeUndefined()
})

test('a turn that another model began goes on without thoughts where these need a beginning', () => {
  const messages: ModelMessage[] = [
    text('user', 'a'),
    {
      role: 'assistant',
      content: [{ type: 'tool-call', id: 'call:1', name: 'read', input: { $invalid: '{' }, opaque: null }],
    },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'and' },
        { type: 'tool-result', id: 'call:1', name: 'read', text: '', isError: true },
      ],
    },
  ]
  const { thinking, messages: sent } = body('claude-haiku-4-5-20251001', { messages, thinking: 'high' })
  expect(thinking).toBeUndefined()
  expect(sent[1]?.content).toMatchObject([{ type: 'tool_use', id: 'call_1', input: { $invalid: '{' } }])
  expect(sent[2]?.content).toMatchObject([
    { type: 'tool_result', tool_use_id: 'call_1', content: '(nothing)', is_error: true },
    { text: 'and' },
  ])
})

test('nothing is empty, and a schema that cannot be enforced is asked for', () => {
  const { messages, system } = body('unknown-model', {
    messages: [text('user', ' '), text('assistant', '')],
    outputSchema: { type: 'object' },
  })
  expect(messages.map(({ content }) => content)).toMatchObject([[{ text: '(nothing)' }], [{ text: '(no reply)' }]])
  expect(JSON.stringify(system)).toContain('Reply with JSON alone')
})
