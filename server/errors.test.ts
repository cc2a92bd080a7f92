import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'
import { OrreryError } from '../domain/errors.ts'
import { createMask, maskResult } from './errors.ts'

function rig() {
  const reported: { error: unknown; reference: string }[] = []
  return { reported, mask: createMask((error, reference) => reported.push({ error, reference })) }
}
const wrapped = (originalError: Error) =>
  new GraphQLError(originalError.message, { originalError, path: ['run', 'title'] })

test('what was meant for a client is shown, with its code and what to do, at its place', () => {
  const { mask, reported } = rig()
  const shown = mask(wrapped(new OrreryError('UNAVAILABLE', 'gone', { retryable: true, hint: 'wait' })))
  expect(shown.toJSON()).toEqual({
    message: 'gone',
    path: ['run', 'title'],
    extensions: { code: 'UNAVAILABLE', retryable: true, hint: 'wait' },
  })
  expect(reported).toEqual([])
})

test.each([
  ['an error of any kind', new TypeError('password is hunter2')],
  ['an error of ours that is a fault of ours', new OrreryError('INTERNAL', 'row of hunter2 is not well formed')],
  ['what is no error', 'hunter2'],
])('%s is masked, and can be found in the log', (_, error) => {
  const { mask, reported } = rig()
  const masked = mask(error instanceof Error ? wrapped(error) : error)
  expect(masked.extensions).toMatchObject({ code: 'INTERNAL' })
  expect(JSON.stringify(masked)).not.toContain('hunter2')
  expect(masked.message).toContain(reported[0]?.reference)
  expect(reported[0]?.error).toBe(error)
})

test('Postgres away is no surprise, and worth another try', () => {
  const { mask, reported } = rig()
  const away = Object.assign(new Error('connect ECONNREFUSED 10.0.0.5:5432'), { code: 'ECONNREFUSED' })
  expect(mask(wrapped(away)).toJSON()).toMatchObject({
    message: 'Postgres does not answer',
    extensions: { code: 'UNAVAILABLE', retryable: true },
  })
  expect(reported).toEqual([])
})

test('a fault of the request has a code of ours, tells nothing that exists, and keeps its status', () => {
  const { mask } = rig()
  const http = { status: 400, spec: true }
  const refused = mask(
    new GraphQLError('Cannot query field "nam" on type "Run". Did you mean "name"?', {
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http },
    }),
  )
  expect(refused.toJSON()).toEqual({
    message: 'Cannot query field "nam" on type "Run".',
    extensions: { code: 'BAD_INPUT', http },
  })
})

test('masking twice changes nothing', () => {
  const { mask, reported } = rig()
  const once = mask(wrapped(new Error('x')))
  expect(mask(once)).toBe(once)
  expect(reported).toHaveLength(1)
  expect(maskResult({ data: 1 } as never, mask)).toEqual({ data: 1 })
})
