import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readModelsConfig } from '../agents/providers/configuration.ts'
import { modelSources } from './model-sources.ts'

const directory = mkdtempSync(join(tmpdir(), 'orrery-models-'))
afterAll(() => rmSync(directory, { recursive: true }))

test('what a file adds or replaces is the file’s, the rest is built in', () => {
  const file = join(directory, 'models.json')
  const workshop = { name: 'workshop', protocol: 'openai-chat', baseUrl: 'http://127.0.0.1:11434/v1' }
  const anthropic = { name: 'anthropic', protocol: 'anthropic', keyVariable: 'MY_KEY' }
  const model = {
    id: 'workshop/small',
    provider: 'workshop',
    name: 'small',
    contextTokens: 8_000,
    maxOutputTokens: 1_000,
    abilities: { tools: true },
    capabilities: {},
  }
  writeFileSync(file, JSON.stringify({ providers: [workshop, anthropic], models: [model] }))
  const env = { ORRERY_MODELS: file }
  const sources = modelSources(readModelsConfig(env, { simulated: true }), env)
  expect(sources.get('workshop')).toBe('file')
  expect(sources.get('workshop/small')).toBe('file')
  expect(sources.get('anthropic')).toBe('file')
  expect(sources.get('google')).toBe('built-in')
  expect([...sources].filter(([id]) => id.startsWith('anthropic/')).every(([, source]) => source === 'built-in')).toBe(
    true,
  )
})

test('an environment that only its file completes has nothing built in', () => {
  const file = join(directory, 'empty.json')
  writeFileSync(file, '{}')
  const env = { ORRERY_MODELS: file, OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1' }
  expect(new Set(modelSources(readModelsConfig(env, { simulated: true }), env).values())).toEqual(new Set(['file']))
})
