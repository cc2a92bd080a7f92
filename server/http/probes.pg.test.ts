/** Probes and scrapers: callers without a key, and by names of their own. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HealthReport } from '../health.ts'
import { type TestApp, testApp } from '../testing.ts'

const metricsToken = 'scrape-0123456789abcdef'
let on: TestApp
beforeAll(async () => {
  on = await testApp({ metricsToken })
})
afterAll(() => on.close())

const owner = () => ({ authorization: `Bearer ${on.key}` })
const get = (path: string, headers: Record<string, string> = {}) =>
  on.app.fetch(new Request(`http://localhost${path}`, { headers }))

test('that the process lives is told to everybody, by any name', async () => {
  expect((await get('/health/live')).status).toBe(200)
  expect((await get('/health/live', { host: 'probe.example' })).status).toBe(200)
})

describe('whether it is ready', () => {
  test.each([
    ['a stranger', {}],
    ['a probe by a name of its own', { host: 'orrery.cluster.example' }],
    ['one with a wrong key', { authorization: 'Bearer orr_wrong' }],
  ])('is told to %s, with the names of what fails and no reasons', async (_, headers) => {
    const response = await get('/health/ready', headers as Record<string, string>)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ status: 'DEGRADED', failing: ['worker', 'sandbox'] })
  })

  test('is told with reasons to those who have a key', async () => {
    const report = (await (await get('/health/ready', owner())).json()) as HealthReport
    expect(report.checks.find(({ name }) => name === 'worker')).toMatchObject({
      status: 'DEGRADED',
      reason: 'No worker shows itself: runs wait.',
    })
  })

  test('is 503 where Postgres is away, with a key or without, and no word of its address', async () => {
    const checks = [
      { name: 'postgres', status: 'DOWN', reason: 'connect ECONNREFUSED 10.1.2.3:5432', mend: '' },
      { name: 'redis', status: 'OK', reason: '', mend: '' },
    ]
    const { check } = on.services.health
    Object.assign(on.services.health, { check: async () => ({ status: 'DOWN', version: '', startedAt: 0, checks }) })
    try {
      for (const headers of [{}, owner()]) {
        const response = await get('/health/ready', headers)
        expect(response.status).toBe(503)
        expect(await response.json()).toEqual({ status: 'DOWN', failing: ['postgres'] })
      }
    } finally {
      Object.assign(on.services.health, { check })
    }
  })

  test('is looked at once, however many ask meanwhile', async () => {
    const { health } = on.services
    const [one, other] = [health.check(), health.check()]
    expect(other).toBe(one)
    await one
    expect(health.check()).not.toBe(one)
  })
})

describe('the numbers', () => {
  const names = [
    'orrery_http_request_seconds_bucket',
    'orrery_graphql_operations_total',
    'orrery_sockets 0',
    'orrery_followed_runs',
  ]

  test.each([
    ['a key', () => owner()],
    ['the token', () => ({ authorization: `Bearer ${metricsToken}`, host: 'orrery:4000' })],
  ])('are there for Prometheus with %s', async (_, headers) => {
    const text = await (await get('/metrics', headers())).text()
    for (const name of names) expect(text).toContain(name)
  })

  test.each(['', 'Bearer', `Bearer ${metricsToken}x`, `Bearer ${metricsToken.slice(0, -1)}`, metricsToken])(
    'are not there for %j',
    async authorization => {
      const response = await get('/metrics', authorization === '' ? {} : { authorization })
      expect(response.status).toBe(401)
      expect(await response.text()).not.toContain('orrery_')
    },
  )

  test('are all that the token opens', async () => {
    const headers = { authorization: `Bearer ${metricsToken}` }
    for (const path of ['/', '/graphql?query={viewer{name}}']) expect((await get(path, headers)).status).toBe(401)
    expect(await (await get('/health/ready', headers)).json()).not.toHaveProperty('checks')
  })

  test('have no token where none is set', async () => {
    const bare = await testApp()
    try {
      for (const token of ['null', 'undefined', '']) {
        const request = new Request('http://localhost/metrics', { headers: { authorization: `Bearer ${token}` } })
        expect((await bare.app.fetch(request)).status).toBe(401)
      }
    } finally {
      await bare.close()
    }
  })
})
