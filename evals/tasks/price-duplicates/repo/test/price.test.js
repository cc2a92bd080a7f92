import assert from 'node:assert/strict'
import { test } from 'node:test'
import { letterPrice, parcelPrice } from '../src/price.js'

test('prices by zone', () => {
  assert.equal(parcelPrice(5, 'near'), 4)
  assert.equal(letterPrice(1, 'far'), 2)
})
