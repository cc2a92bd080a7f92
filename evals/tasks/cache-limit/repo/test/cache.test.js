import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCache } from '../src/cache.js'

test('what was set is there', () => {
  const cache = createCache()
  cache.set('a', 1)
  assert.equal(cache.get('a'), 1)
  assert.equal(cache.size, 1)
})
