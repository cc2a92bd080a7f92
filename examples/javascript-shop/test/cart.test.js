import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addItem, cartTotal, createCart, subtotal } from '../src/cart.js'
import { findProduct } from '../src/catalogue.js'

test('an empty cart costs nothing', () => {
  assert.equal(subtotal(createCart()), 0)
})

test('a product counts as often as it was added', () => {
  const cart = createCart()
  addItem(cart, findProduct('mug-03'), 4)
  assert.equal(subtotal(cart), 5_800)
})

test('a gold customer pays five per cent less', () => {
  const cart = { items: [{ product: findProduct('chair-02'), quantity: 1 }] }
  assert.equal(cartTotal(cart, { name: 'Ada', loyalty: 'gold' }), 17_955)
})
