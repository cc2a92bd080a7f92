import assert from 'node:assert/strict'
import { test } from 'node:test'
import { domesticShipping } from '../src/shipping/domestic.js'
import { internationalShipping } from '../src/shipping/international.js'

const mugs = [{ product: { grams: 380 }, quantity: 2 }]

test('a light parcel costs the base rate', () => {
  assert.equal(domesticShipping(mugs, { zone: 'middle' }), 490)
})

test('customs papers are added for Norway', () => {
  assert.equal(internationalShipping(mugs, { country: 'NO' }), 3_980)
})
