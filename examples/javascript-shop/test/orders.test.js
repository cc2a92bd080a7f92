import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findProduct } from '../src/catalogue.js'
import { inStock } from '../src/inventory.js'
import { placeOrder } from '../src/orders.js'

describe('an order', () => {
  it('takes its goods out of the stock', () => {
    const before = inStock('lamp-01')
    placeOrder({ items: [{ product: findProduct('lamp-01'), quantity: 2 }] }, { name: 'Grace' }, 490)
    assert.equal(inStock('lamp-01'), before - 2)
  })

  it('is refused where something is sold out', () => {
    const cart = { items: [{ product: findProduct('chair-02'), quantity: 500 }] }
    assert.throws(() => placeOrder(cart, { name: 'Grace' }, 490), /sold out/)
  })
})
