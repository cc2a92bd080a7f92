import { expect, test } from 'vitest'
import { failedBy } from './failures.ts'
import { retryAfterOf } from './retry-after.ts'

const now = Date.parse('2026-11-21T12:00:00Z')
const blamed = { provider: 'acme', model: 'm-1', keySource: 'ACME_API_KEY', key: 'abcd-efgh-ijkl' }
const refused = (status: number, body: unknown, headers: HeadersInit = {}) => {
  const fault = { kind: 'refused' as const, status, headers: new Headers(headers), body: JSON.stringify(body) }
  return failedBy(fault, blamed, now)
}

test('a wrong key is named by where it comes from, and never shown, not even in part', () => {
  const said = 'Incorrect API key provided: abcd-efgh-ijkl, seen as sk-ab**********ijkl or sk-proj-abcdefgh'
  const { error, mayHaveCost } = refused(401, { error: { message: said, code: 'invalid_api_key' } })
  expect(error).toMatchObject({ code: 'UNAUTHORISED', retryable: false })
  expect(error.message).toMatch(/^acme does not accept the key in ACME_API_KEY: /)
  expect(error.message).not.toMatch(/abcd|ijkl|sk-/)
  expect(mayHaveCost).toBe(false)
})

test('Google says 400 for a wrong key', () => {
  const error = {
    code: 400,
    status: 'INVALID_ARGUMENT',
    message: 'API key not valid.',
    details: [{ reason: 'API_KEY_INVALID' }],
  }
  expect(refused(400, [{ error }]).error.code).toBe('UNAUTHORISED')
})

test.each([
  [{ error: { code: 'context_length_exceeded', message: 'x' } }, 'CONTEXT_TOO_LONG'],
  [
    { error: { status: 'INVALID_ARGUMENT', message: 'The input token count (9) exceeds the maximum' } },
    'CONTEXT_TOO_LONG',
  ],
  [{ object: 'error', message: "This model's maximum context length is 8192 tokens" }, 'CONTEXT_TOO_LONG'],
  [{ error: { type: 'invalid_request_error', code: 'model_not_found', message: 'x' } }, 'UNKNOWN_MODEL'],
  [{ detail: 'unexpected field' }, 'BAD_REQUEST'],
  [{ error: 'model "m-1" not found, try pulling it first' }, 'BAD_REQUEST'],
])('400 with %j is %s', (body, code) => {
  expect(refused(400, body).error.code).toBe(code)
})

test('what a provider says in its stream is understood as well', () => {
  const told = { kind: 'told' as const, type: 'overloaded_error', status: null, message: 'Overloaded' }
  expect(failedBy(told, blamed, now)).toMatchObject({
    error: { code: 'OVERLOADED', retryable: true },
    mayHaveCost: true,
  })
})

test('waits are read from headers, dates and bodies, and bounded', () => {
  const date = new Date(now + 90_000).toUTCString()
  expect(retryAfterOf(new Headers({ 'retry-after': date }), '', now)).toBe(90_000)
  expect(retryAfterOf(new Headers({ 'retry-after': new Date(now - 5_000).toUTCString() }), '', now)).toBe(0)
  expect(retryAfterOf(new Headers({ 'retry-after': '1.5' }), '', now)).toBe(1_500)
  expect(retryAfterOf(new Headers({ 'retry-after': '99999999' }), '', now)).toBe(86_400_000)
  expect(retryAfterOf(new Headers({ 'retry-after': 'soon' }), '', now)).toBeNull()
  expect(retryAfterOf(new Headers(), '{"details":[{"retryDelay": "37s"}]}', now)).toBe(37_000)
})
