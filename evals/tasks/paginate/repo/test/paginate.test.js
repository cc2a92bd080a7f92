import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paginate } from '../src/paginate.js'

test('the first page holds the first items', () => {
  assert.deepEqual(paginate([1, 2, 3, 4, 5], 1, 2), { items: [1, 2], more: true })
})
