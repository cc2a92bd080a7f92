import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { inCheckout } from '../setup/checkout.mjs'
import { readConfig } from './config.ts'
import { type Variable, variables } from './variables.ts'

const faultsOf = (env: Record<string, string>): string[] => {
  try {
    readConfig(env)
    return []
  } catch (error) {
    return (error as Error).message.split('\n').map(line => line.trim())
  }
}

test('an empty environment is a complete configuration', () => {
  const config = readConfig({})
  expect(config).toMatchObject({
    role: 'all',
    databaseUrl: null,
    redisUrl: null,
    http: { port: 4000, host: '127.0.0.1' },
  })
  expect(config.dataDir).toBe(inCheckout('.orrery'))
  expect(config.gitHosts).toContain('github.com')
})

test('every fault is named at once, each with how to mend it', () => {
  const faults = faultsOf({ PORT: 'http', ORRERY_ROLE: 'boss', REDIS_URL: 'localhost:6379', ORRERY_ROL: 'api' })
  expect(faults).toEqual([
    'The configuration has 4 faults:',
    'PORT is "http", but must be a whole number from 0 to 65535.',
    'REDIS_URL is set, but must be an address such as redis://:password@host:6379.',
    'ORRERY_ROLE is "boss", but must be one of all, api, worker.',
    'ORRERY_ROL is not known. Did you mean ORRERY_ROLE? Otherwise unset it.',
  ])
})

test.each([
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '4e3'],
  ['PORT', '0x10'],
  ['DATABASE_URL', 'mysql://host/db'],
  ['ORRERY_URL', 'orrery.example.com'],
  ['ORRERY_ALLOWED_ORIGINS', 'https://a.example/path'],
  ['ORRERY_ALLOWED_HOSTS', 'a.example,,b.example'],
  ['ORRERY_GIT_HOSTS', 'https://github.com'],
  ['ORRERY_GIT_CREDENTIALS', 'github.com=token'],
  ['ORRERY_FETCH_HOSTS', 'https://docs.example.com/page'],
  ['ORRERY_SEARCH_URL', 'https://search.example.com/?q='],
  ['ORRERY_SEARCH_URL', 'file:///{query}'],
  ['ORRERY_METRICS_TOKEN', 'too-short'],
  ['ORRERY_METRICS_TOKEN', 'twenty letters with spaces'],
  ['ORRERY_LOG_LEVEL', 'loud'],
])('%s=%s is refused', (name, value) => {
  expect(faultsOf({ [name]: value })[1]).toMatch(new RegExp(`^${name} is .* must be`))
})

test('agents reach nothing until told, and then what was told', () => {
  expect(readConfig({}).network).toEqual({ fetchHosts: [], search: null })
  const url = 'https://search.example.com/search?format=json&q={query}'
  const told = { ORRERY_FETCH_HOSTS: 'a.example, b.example:8443', ORRERY_SEARCH_URL: url, ORRERY_SEARCH_KEY: 'k' }
  expect(readConfig(told).network).toEqual({
    fetchHosts: ['a.example', 'b.example:8443'],
    search: { url, key: 'k' },
  })
  expect(faultsOf({ ORRERY_SEARCH_KEY: 'k' })[1]).toMatch(/there is no ORRERY_SEARCH_URL/)
})

test('a password is never shown', () => {
  expect(faultsOf({ DATABASE_URL: 'pg://user:hunter2@host/db' }).join()).not.toContain('hunter2')
  expect(faultsOf({ ORRERY_METRICS_TOKEN: 'hunter2' }).join()).not.toContain('hunter2')
})

test('a heartbeat must fit three times into a lease', () => {
  expect(faultsOf({ ORRERY_LEASE_MS: '3000', ORRERY_HEARTBEAT_MS: '1001' })[1]).toContain('at most a third')
  expect(readConfig({ ORRERY_LEASE_MS: '3000', ORRERY_HEARTBEAT_MS: '1000' }).worker.leaseMs).toBe(3_000)
})

test('what is set to nothing is absent, blanks around a value do not count, and hosts are lower-case', () => {
  const config = readConfig({ PORT: '', DATABASE_URL: ' ', ORRERY_GIT_HOSTS: ' GitHub.com , git.example.com:8443 ' })
  expect(config).toMatchObject({ databaseUrl: null, http: { port: 4000 } })
  expect(config.gitHosts).toEqual(['github.com', 'git.example.com:8443'])
  const { gitCredentials } = readConfig({ ORRERY_GIT_CREDENTIALS: 'GitHub.com=robot:a=b, git.example.com:8443=me:c' })
  expect([...gitCredentials]).toEqual([
    ['github.com', 'robot:a=b'],
    ['git.example.com:8443', 'me:c'],
  ])
})

test('variables of others are no typos', () => {
  expect(faultsOf({ ORRERY_KEY: 'orr_x', PGHOST: 'db', npm_config_x: '1' })).toEqual([])
})

describe('docs/configuration.md', () => {
  const file = inCheckout('docs', 'configuration.md')
  const cell = (name: string, { fallback, about }: Variable<unknown>) => {
    const shown = name === 'ORRERY_SANDBOX_CONCURRENCY' ? 'cores' : fallback ? `\`${fallback}\`` : ''
    return `| \`${name}\` | ${shown} | ${about} |`
  }
  const rows = Object.entries<Variable<unknown>>(variables).map(([name, each]) => cell(name, each))
  const table = ['| variable | default | what |', '|---|---|---|', ...rows].join('\n')
  const between = /(<!-- variables -->\n)([\s\S]*)(<!-- \/variables -->)/

  test('shows every variable as it is declared', async () => {
    const page = readFileSync(file, 'utf8')
    expect(page).toMatch(between)
    await expect(page.replace(between, `$1${table}\n$3`)).toMatchFileSnapshot(file)
  })
})
