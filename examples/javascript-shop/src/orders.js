import { cartTotal } from './cart.js'
import { reserve } from './inventory.js'

let last = 0

export function nextOrderNumber() {
  last += 1
  return `SO-${String(last).padStart(6, '0')}`
}

/** Takes the goods out of the stock and writes the order. Throws where something is sold out. */
export function placeOrder(cart, customer, shipping) {
  const number = nextOrderNumber()
  for (const { product, quantity } of cart.items) reserve(product.sku, quantity, number)
  return { number, customer: customer.name, items: cart.items, shipping, total: cartTotal(cart, customer) + shipping }
}
