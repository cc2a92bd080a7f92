import assert from 'node:assert/strict'
import { test } from 'node:test'
import { retry } from '../src/retry.js'

test('what succeeds at the third try is returned', async () => {
  const result = await retry(async attempt => {
    if (attempt < 3) throw new Error('not yet')
    return 'done'
  }, 3)
  assert.equal(result, 'done')
})
