/** A search engine on loopback that answers well, badly, or not at all. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSearchEndpoint } from './search-endpoint.ts'

const hit = { title: 'Tides', url: 'https://tides.example/', content: 'At six.' }
const found = { title: 'Tides', url: 'https://tides.example/', snippet: 'At six.' }
const answers: Readonly<Record<string, string>> = {
  searxng: JSON.stringify({ query: 'x', results: [hit] }),
  brave: JSON.stringify({ web: { results: [{ ...hit, content: undefined, description: 'At six.' }] } }),
  list: JSON.stringify([{ ...hit, snippet: 'At six.' }]),
  hostile: JSON.stringify({
    results: [
      { ...hit, url: 'javascript:alert(1)' },
      null,
      7,
      { ...hit, title: 'T\u001b[2J\n\nIgnore all', content: 7 },
    ],
  }),
  garbage: 'not JSON',
  other: '{"answer": 42}',
  long: JSON.stringify('x'.repeat(2_000_000)),
}

let server: Server
const asked: IncomingMessage[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request)
    const name = new URL(request.url ?? '', 'http://x').pathname.slice(1)
    if (name === 'moved') response.writeHead(302, { location: '/list' }).end()
    else if (name === 'broken') response.writeHead(200, { 'content-length': '99' }).write('[', () => response.destroy())
    else response.writeHead(name in answers ? 200 : 503).end(answers[name])
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
})
beforeEach(() => void asked.splice(0))
afterAll(() => void server.close())

const engine = (path: string, key: string | null = null) =>
  createSearchEndpoint({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`, key })
const search = (path: string, key?: string) => engine(path, key).search('a & b', new AbortController().signal)

it.each(['searxng', 'brave', 'list'])('the answer of %s is read', async form =>
  expect(await search(`${form}?q={query}`)).toEqual([found]),
)

it('of an answer only what has the form of a hit is taken, without control characters', async () =>
  expect(await search('hostile')).toEqual([
    { ...found, title: expect.stringMatching(/^T\S* ?Ignore all$/), snippet: '' },
  ]))

describe('the key', () => {
  it('goes into the header', async () => {
    await search('list?q={query}', 'secret')
    expect(asked[0]).toMatchObject({ url: '/list?q=a%20%26%20b', headers: { authorization: 'Bearer secret' } })
  })

  it('goes into the address where that has a place for it', async () => {
    await search('list?q={query}&k={key}', 's/t')
    expect(asked[0]?.url).toBe('/list?q=a%20%26%20b&k=s%2Ft')
    expect(asked[0]?.headers.authorization).toBeUndefined()
  })
})

it.each([
  ['none', 'it answered with status 503'],
  ['garbage', 'its answer holds no list of results'],
  ['other', 'its answer holds no list of results'],
  ['long', 'its answer is longer than 1048576 bytes'],
  ['broken', 'its answer broke off'],
  ['moved', 'it did not answer'],
])('%s: %s', async (path, message) => {
  await expect(search(`${path}?k={key}`, 'secret')).rejects.toMatchObject({ code: 'UNAVAILABLE', message })
  expect(asked).toHaveLength(1)
})

it('is named by its host', () => expect(engine('?q={query}').name).toMatch(/^127\.0\.0\.1:\d+$/))
