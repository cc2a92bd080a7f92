/** The API over HTTP as a stranger, a careless client and an attacker would use it. */
import { auditServer } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { post, type TestApp, testApp } from '../testing.ts'

let on: TestApp
beforeAll(async () => {
  on = await testApp()
})
afterAll(() => on.close())

const owner = () => ({ authorization: `Bearer ${on.key}` })
const get = (path: string, headers: Record<string, string> = {}) =>
  on.app.fetch(new Request(`http://localhost${path}`, { headers }))
const codeOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code ?? ''

test('the audit of GraphQL over HTTP passes 61 of 61', async () => {
  const results = await auditServer({
    url: 'http://localhost/graphql',
    fetchFn: async (url: string, init: RequestInit = {}) =>
      on.app.fetch(new Request(url, { ...init, headers: { ...(init.headers as Record<string, string>), ...owner() } })),
  })
  expect(results.filter(result => result.status !== 'ok').map(result => `${result.status} ${result.name}`)).toEqual([])
  expect(results).toHaveLength(61)
})

describe('a stranger', () => {
  test.each([
    '/graphql?query={viewer{name}}',
    '/metrics',
    '/artifacts/art_1',
    '/',
    '/runs',
    '/assets/x.js',
    '/sign-out?x',
    '/nothing',
  ])('gets nothing from %s', async path => {
    const response = await get(path)
    expect([401, 405]).toContain(response.status)
    expect(await response.text()).not.toMatch(/Test|owner|orr_live/)
  })

  test.each([
    ['no key', {}],
    ['a wrong key', { authorization: `Bearer orr_live_${'a'.repeat(12)}_${'b'.repeat(38)}` }],
    ['another scheme', { authorization: 'Basic b3duZXI6b3duZXI=' }],
    ['a made-up session', { cookie: 'orrery_session=abc' }],
  ])('with %s is told 401 and how to come in', async (_, headers) => {
    const response = await on.app.fetch(post({ query: '{ viewer { name } }' }, headers as Record<string, string>))
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
    expect(await codeOf(response)).toBe('UNAUTHENTICATED')
  })

  test('is shown how to sign in where a browser asks', async () => {
    for (const path of ['/', '/graphql', '/projects/x']) {
      const response = await get(path, { accept: 'text/html' })
      expect(response.status).toBe(401)
      expect(await response.text()).toContain('Sign in to Orrery')
    }
  })
})

describe('a browser', () => {
  const cookieOf = (response: Response) => (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''

  test('is let in by a link once, with a cookie that scripts cannot read, and out again', async () => {
    const grant = await on.keys.verify(on.key)
    if (grant === null) throw new Error('no owner')
    const token = await on.keys.createLink(grant, 60_000)
    const first = await get(`/sign-in?token=${token}`)
    expect(first.status).toBe(303)
    expect(first.headers.get('location')).toBe('/')
    expect(first.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/)
    expect((await get(`/sign-in?token=${token}`)).status).toBe(401)
    const cookie = cookieOf(first)
    const viewer = await on.app.fetch(
      post({ query: '{ viewer { kind name } }' }, { cookie, origin: 'http://localhost' }),
    )
    expect(await viewer.json()).toMatchObject({ data: { viewer: { kind: 'PERSON', name: 'owner' } } })
    const out = await on.app.fetch(new Request('http://localhost/sign-out', { method: 'POST', headers: { cookie } }))
    expect(out.headers.get('set-cookie')).toMatch(/Max-Age=0/)
    await new Promise(resolve => setTimeout(resolve, 1_050))
    expect((await on.app.fetch(post({ query: '{ viewer { kind } }' }, { cookie }))).status).toBe(401)
  })

  test('is let in by a key that is pasted', async () => {
    const form = (key: string) =>
      on.app.fetch(
        new Request('http://localhost/sign-in', {
          method: 'POST',
          body: new URLSearchParams({ key }),
          headers: { origin: 'http://localhost' },
        }),
      )
    const response = await form(on.key)
    expect(response.status).toBe(303)
    expect((await on.app.fetch(post({ query: '{ viewer { kind } }' }, { cookie: cookieOf(response) }))).status).toBe(
      200,
    )
    expect((await form('orr_wrong')).status).toBe(401)
    expect((await form('x'.repeat(1_000_000))).status).toBe(413)
  })

  test.each([
    ['/runs/run_1?tab=2#x', '/runs/run_1?tab=2#x'],
    ['https://evil.example/', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/..//evil.example', '/'],
  ])('that wanted %s is taken to %s', async (to, location) => {
    const response = await on.app.fetch(
      new Request('http://localhost/sign-in', { method: 'POST', body: new URLSearchParams({ key: on.key, to }) }),
    )
    expect(response.headers.get('location')).toBe(location)
  })

  test('is shown a form that remembers where it wanted to go, and no script', async () => {
    const page = await (await get('/runs/run_1?x="><script>alert(1)</script>', { accept: 'text/html' })).text()
    expect(page).toContain('value="/runs/run_1?x=')
    expect(page).not.toContain('<script')
  })

  test('of a page elsewhere is refused, with a cookie or without', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://localhost:5173']) {
      const response = await on.app.fetch(post({ query: '{ viewer { name } }' }, { ...owner(), origin }))
      expect(response.status).toBe(403)
      expect(response.headers.get('access-control-allow-origin')).toBeNull()
      const preflight = await on.app.fetch(
        new Request('http://localhost/graphql', {
          method: 'OPTIONS',
          headers: { origin, 'access-control-request-method': 'POST' },
        }),
      )
      expect(preflight.status).toBe(403)
    }
  })

  test('that was tricked into another name for this server is refused', async () => {
    expect((await get('/graphql?query={viewer{name}}', { ...owner(), host: 'evil.example' })).status).toBe(403)
  })

  test('of an origin that was allowed may read, and is told so', async () => {
    const origin = 'https://tools.example'
    const preflight = await on.app.fetch(
      new Request('http://localhost/graphql', { method: 'OPTIONS', headers: { origin } }),
    )
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization')
    const response = await on.app.fetch(post({ query: '{ viewer { name } }' }, { ...owner(), origin }))
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBe(origin)
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
  })
})

describe('a request is refused', () => {
  const send = (body: BodyInit, headers: Record<string, string>) =>
    on.app.fetch(new Request('http://localhost/graphql', { method: 'POST', body, headers: { ...owner(), ...headers } }))
  const stop = 'mutation { stopEverything(input: { reason: "x" }) { __typename } }'

  test('as a form (415), as multipart (415), as a mutation by GET (405)', async () => {
    expect((await send(new URLSearchParams({ query: stop }), {})).status).toBe(415)
    const form = new FormData()
    form.set('query', stop)
    expect((await send(form, {})).status).toBe(415)
    expect((await send(stop, { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await send(stop, { 'content-type': 'application/graphql' })).status).toBe(415)
    expect((await get(`/graphql?query=${encodeURIComponent(stop)}`, owner())).status).toBe(405)
  })

  test('with a body beyond 100 KiB (413), as a batch, or by another method', async () => {
    expect(
      (
        await send(JSON.stringify({ query: '{ viewer { name } }', variables: { x: 'y'.repeat(200_000) } }), {
          'content-type': 'application/json',
        })
      ).status,
    ).toBe(413)
    expect(
      (await send(JSON.stringify([{ query: '{ viewer { name } }' }]), { 'content-type': 'application/json' })).status,
    ).toBe(400)
    expect(
      (await on.app.fetch(new Request('http://localhost/graphql', { method: 'PUT', headers: owner() }))).status,
    ).toBe(405)
    expect(
      (await on.app.fetch(new Request('http://localhost/metrics', { method: 'POST', headers: owner() }))).status,
    ).toBe(405)
  })

  test.each([
    ['nested 5,000 deep', `{ x(a: ${'['.repeat(5_000)}${']'.repeat(5_000)}) }`],
    ['a field that is misspelt', '{ viewr { name } }'],
    ['5,000 aliases', `{ ${Array.from({ length: 5_000 }, (_, n) => `a${n}: __typename`).join(' ')} }`],
    ['20,000 times the same field', `{ ${'__typename '.repeat(20_000)} }`],
    ['fragments in a circle', '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'],
    [
      'introspection that goes round',
      '{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }',
    ],
  ])('when it is %s: quickly, with 400 and a code', async (_, query) => {
    if (query.length > 100_000)
      return expect((await send(JSON.stringify({ query }), { 'content-type': 'application/json' })).status).toBe(413)
    const began = performance.now()
    const response = await send(JSON.stringify({ query }), {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
    })
    expect(performance.now() - began).toBeLessThan(500)
    expect(response.status).toBe(400)
    const text = await response.text()
    expect(text).toMatch(/"code":"(BAD_INPUT|LIMIT_EXCEEDED)"/)
    expect(text).not.toMatch(/Did you mean/)
  })
})

test('what nobody was prepared for is masked in the answer and keeps its secrets in the log', async () => {
  const { check } = on.services.health
  Object.assign(on.services.health, {
    check: () => {
      throw new Error('cannot reach postgres://orrery:hunter2@127.0.0.1/orrery')
    },
  })
  const { errors } = await on.send('{ health { status } }')
  Object.assign(on.services.health, { check })
  expect(errors?.[0]).toMatchObject({ extensions: { code: 'INTERNAL' } })
  const reference = /under (\w+)/.exec(errors?.[0]?.message ?? '')?.[1] ?? 'none'
  const logged = on.logged.filter(line => line.includes(reference)).join('\n')
  expect(logged).toContain('unexpected error')
  expect(`${logged}${JSON.stringify(errors)}`).not.toContain('hunter2')
})

test('every answer says what its operation cost, and a key that asked for too much is told to wait', async () => {
  const poor = await testApp({ costPerMinute: 10 })
  try {
    const answer = await poor.app.fetch(
      post({ query: '{ viewer { name kind } }' }, { authorization: `Bearer ${poor.key}` }),
    )
    expect(await answer.json()).toMatchObject({ extensions: { cost: 3 } })
    for (const _ of [1, 2]) await poor.send('{ viewer { name kind } }')
    const { errors } = await poor.send('{ viewer { name kind } }')
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'LIMIT_REACHED', retryable: true } })
  } finally {
    await poor.close()
  }
})

test('an operation that takes too long ends with TIMEOUT', async () => {
  const hasty = await testApp({ executionMs: 50 })
  try {
    Object.assign(hasty.services.health, { check: () => new Promise(() => {}) })
    const { errors } = await hasty.send('{ health { status } }')
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'TIMEOUT' } })
  } finally {
    await hasty.close()
  }
})

test('a request that names itself is answered under that name', async () => {
  const response = await on.app.fetch(
    post({ query: '{ viewer { name } }' }, { ...owner(), 'x-request-id': 'my-request-1' }),
  )
  expect(response.headers.get('x-request-id')).toBe('my-request-1')
})
