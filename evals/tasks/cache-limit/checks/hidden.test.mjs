import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCache } from '/work/repo/src/cache.js'

test('the oldest goes', () => {
  const cache = createCache({ most: 2 })
  for (const key of ['a', 'b', 'c']) cache.set(key, key)
  assert.deepEqual([cache.get('a'), cache.get('b'), cache.get('c'), cache.size], [undefined, 'b', 'c', 2])
})
test('a look counts as use', () => {
  const cache = createCache({ most: 2 })
  cache.set('a', 1)
  cache.set('b', 2)
  cache.get('a')
  cache.set('c', 3)
  assert.deepEqual([cache.get('a'), cache.get('b')], [1, undefined])
})
test('setting again counts as use', () => {
  const cache = createCache({ most: 2 })
  cache.set('a', 1)
  cache.set('b', 2)
  cache.set('a', 3)
  cache.set('c', 4)
  assert.deepEqual([cache.get('a'), cache.get('b'), cache.size], [3, undefined, 2])
})
test('no limit without the option', () => {
  const cache = createCache()
  for (let key = 0; key < 100; key += 1) cache.set(key, key)
  assert.equal(cache.size, 100)
})
