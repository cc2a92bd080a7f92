import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { letterPrice, parcelPrice } from '/work/repo/src/price.js'

test('parcels', () => assert.deepEqual([parcelPrice(12, 'far'), parcelPrice(10, 'near'), parcelPrice(10.33, 'near')], [10, 4, 4.17]))
test('letters', () => assert.deepEqual([letterPrice(3, 'near'), letterPrice(1, 'far')], [1.5, 2]))
test('unknown zones', () => {
  assert.throws(() => parcelPrice(1, 'moon'), RangeError)
  assert.throws(() => letterPrice(1, 'moon'), RangeError)
})
test('rule and rounding stand once', () => {
  const text = readFileSync('/work/repo/src/price.js', 'utf8')
  assert.equal(text.match(/unknown zone/g)?.length, 1)
  assert.equal(text.match(/Math\.round/g)?.length, 1)
})
