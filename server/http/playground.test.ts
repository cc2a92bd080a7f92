import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { createParser } from '../limits.ts'
import { createSchema } from '../schema/schema.ts'
import { readyMade } from './operations.ts'
import { createPlayground } from './playground.ts'

test.each(readyMade.map(({ query }) => [query.split('\n')[0], query]))(
  '%s is valid and within the limits',
  (_, query) => {
    expect(validate(createSchema(), parse(query))).toEqual([])
    expect(() => createParser()(query)).not.toThrow()
  },
)

const ask = (headers: Record<string, string>) => new Request('http://localhost/graphql', { headers })

test('the page needs nothing from elsewhere, and its policy allows its one script', async () => {
  const playground = createPlayground()
  const response = await playground.page(ask({ 'accept-encoding': 'gzip' }))
  const page = gunzipSync(Buffer.from(await response.arrayBuffer())).toString()
  expect(page).toContain('Orrery playground')
  expect(page).not.toMatch(/<script[^>]+src=|<link[^>]+href="http/)
  const policy = response.headers.get('content-security-policy') ?? ''
  const scripts = page.match(/<script>.*<\/script>/s)?.[0].slice('<script>'.length, -'</script>'.length) ?? ''
  expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(scripts).digest('base64')}'`)
  expect(policy).not.toMatch(/unsafe-eval|https?:/)
  expect((await playground.page(ask({ 'if-none-match': response.headers.get('etag') ?? '' }))).status).toBe(304)
  expect(await (await playground.page(ask({}))).text()).toBe(page)
})
