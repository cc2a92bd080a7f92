/** A small TypeScript repository for tests: paths, queries and a limit of calls. */
export const gateway: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "gateway", "type": "module", "scripts": { "test": "node --test" } }\n',
  'src/match.ts': `export type Parameters = Record<string, string>

/** The parameters of a path that fits the pattern, or null. */
export function match(pattern: string, path: string): Parameters | null {
  const wanted = pattern.split('/').filter(part => part !== '')
  const given = path.split('/').filter(part => part !== '')
  if (wanted.length !== given.length) return null
  const parameters: Parameters = {}
  for (let index = 0; index < wanted.length; index += 1) {
    const part = wanted[index] ?? ''
    const value = given[index] ?? ''
    if (part.startsWith(':')) {
      parameters[part.slice(1)] = decodeURIComponent(value)
    } else if (part !== value) {
      return null
    }
  }
  return parameters
}

/** More fixed parts first; of those, the longer one. */
export function specificity(pattern: string): number {
  const parts = pattern.split('/').filter(part => part !== '')
  const fixed = parts.filter(part => !part.startsWith(':'))
  return fixed.length * 100 + parts.length
}
`,
  'src/query.ts': `export function parseQuery(text: string): Map<string, string[]> {
  const values = new Map<string, string[]>()
  for (const pair of text.replace(/^\\?/, '').split('&')) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    const name = at === -1 ? pair : pair.slice(0, at)
    const value = at === -1 ? '' : pair.slice(at + 1)
    const before = values.get(name) ?? []
    values.set(name, [...before, value])
  }
  return values
}

export function pageOf(query: Map<string, string[]>, most = 100): { first: number; offset: number } {
  const first = Number(query.get('first')?.[0] ?? 20)
  const page = Number(query.get('page')?.[0] ?? 1)
  const size = Math.min(Math.max(first, 1), most)
  return { first: size, offset: (page - 1) * size }
}
`,
  'src/limit.ts': `export type Bucket = { tokens: number; at: number }
export type Rate = { perSecond: number; burst: number }

export function createBucket(rate: Rate, now: number): Bucket {
  return { tokens: rate.burst, at: now }
}

/** Takes a token if there is one; the bucket fills with time, up to its burst. */
export function take(bucket: Bucket, rate: Rate, now: number): boolean {
  const elapsed = (now - bucket.at) / 1000
  bucket.tokens = Math.min(rate.burst, bucket.tokens + elapsed * rate.perSecond)
  bucket.at = now
  if (bucket.tokens < 1) return false
  bucket.tokens -= 1
  return true
}

/** Milliseconds until the next token is there. */
export function waitFor(bucket: Bucket, rate: Rate): number {
  if (bucket.tokens >= 1) return 0
  return Math.ceil(((1 - bucket.tokens) / rate.perSecond) * 1000)
}
`,
  'test/match.test.ts': `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { match, specificity } from '../src/match.ts'

test('fixed parts must be the same', () => {
  assert.deepEqual(match('/users/me', '/users/me'), {})
  assert.equal(match('/users/me', '/users/you'), null)
  assert.equal(match('/users', '/users/me'), null)
})

test('parameters are read and decoded', () => {
  assert.deepEqual(match('/users/:id/files/:name', '/users/7/files/a%20b'), { id: '7', name: 'a b' })
})

test('fixed parts weigh more', () => {
  assert.equal(specificity('/users/:id'), 102)
  assert.ok(specificity('/users/me') > specificity('/users/:id'))
})
`,
  'test/query.test.ts': `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageOf, parseQuery } from '../src/query.ts'

test('values of one name are collected', () => {
  assert.deepEqual([...parseQuery('?a=1&b=x=y&a=2&c')], [['a', ['1', '2']], ['b', ['x=y']], ['c', ['']]])
  assert.equal(parseQuery('').size, 0)
})

test('a page is within its bounds', () => {
  assert.deepEqual(pageOf(parseQuery('first=30&page=3')), { first: 30, offset: 60 })
  assert.deepEqual(pageOf(parseQuery('')), { first: 20, offset: 0 })
  assert.deepEqual(pageOf(parseQuery('first=1000')), { first: 100, offset: 0 })
  assert.deepEqual(pageOf(parseQuery('first=-4')), { first: 1, offset: 0 })
})
`,
  'test/limit.test.ts': `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBucket, take, waitFor } from '../src/limit.ts'

const rate = { perSecond: 2, burst: 3 }

test('a burst is let through, and no more', () => {
  const bucket = createBucket(rate, 0)
  assert.deepEqual([1, 2, 3, 4].map(() => take(bucket, rate, 0)), [true, true, true, false])
})

test('the bucket fills with time', () => {
  const bucket = { tokens: 0, at: 1000 }
  assert.equal(take(bucket, rate, 1400), false)
  assert.equal(take(bucket, rate, 1500), true)
  take(bucket, rate, 60_000)
  assert.equal(bucket.tokens, 2)
})

test('the wait is told in milliseconds', () => {
  assert.equal(waitFor({ tokens: 0.5, at: 0 }, rate), 250)
  assert.equal(waitFor({ tokens: 1, at: 0 }, rate), 0)
})
`,
}
