import { expect, test } from 'vitest'
import { runStatuses } from '../domain/run/state.ts'
import { exitCodeOf, exitCodeOfRefusal } from './exit.ts'

test('the end of a run is an exit code', () => {
  const codes = Object.fromEntries(runStatuses.map(status => [status, exitCodeOf({ status, error: null })]))
  expect(codes).toEqual({ PENDING: 0, RUNNING: 0, PAUSED: 0, SUCCEEDED: 0, CANCELLED: 2, FAILED: 5, WAITING: 7 })
})

test('a failure by time or by budget has a code of its own', () => {
  expect(exitCodeOf({ status: 'FAILED', error: { code: 'TIMEOUT' } })).toBe(3)
  expect(exitCodeOf({ status: 'FAILED', error: { code: 'BUDGET_EXCEEDED' } })).toBe(6)
  const tasks = [{ error: null }, { error: { code: 'BUDGET_EXCEEDED' } as const }]
  expect(exitCodeOf({ status: 'FAILED', error: { code: 'TASK_FAILED' }, tasks })).toBe(6)
  expect(exitCodeOf({ status: 'FAILED', error: { code: 'TASK_FAILED' } })).toBe(5)
})

test('a refusal is an error, and one of the key is authentication', () => {
  expect(exitCodeOfRefusal('NOT_FOUND')).toBe(1)
  expect(exitCodeOfRefusal('UNAUTHENTICATED')).toBe(4)
  expect(exitCodeOfRefusal('FORBIDDEN')).toBe(4)
})
