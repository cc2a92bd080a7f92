import assert from 'node:assert/strict'
import { test } from 'node:test'
import { retry } from '/work/repo/src/retry.js'

const failing = calls => async attempt => {
  calls.push(attempt)
  throw new Error(`try ${attempt}`)
}
test('as often as was said', async () => {
  const calls = []
  await assert.rejects(retry(failing(calls), 3), /try 3/)
  assert.deepEqual(calls, [1, 2, 3])
})
test('once', async () => {
  const calls = []
  await assert.rejects(retry(failing(calls), 1), /try 1/)
  assert.deepEqual(calls, [1])
})
test('success ends it', async () => assert.equal(await retry(async () => 7, 5), 7))
