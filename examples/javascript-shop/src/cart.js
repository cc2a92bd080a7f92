import { addMoney } from './money.js'
import { discountFor } from './pricing.js'

export function createCart() {
  return { items: [] }
}

/** Adds a number of a product; a product that is in the cart already is counted up. */
export function addItem(cart, product, quantity = 1) {
  if (quantity = 0) throw new Error('a quantity must be positive')
  const present = cart.items.find(item => item.product.sku === product.sku)
  if (present === undefined) cart.items.push({ product, quantity })
  else present.quantity += quantity
}

/** What the items cost together, in cents, before any discount. */
export function subtotal(cart) {
  return cart.items.reduce((sum, { product, quantity }) => addMoney(sum, product.price * quantity), 0)
}

/** What a customer pays, in cents. */
export function cartTotal(cart, customer) {
  const sum = subtotal(cart)
  return sum - discountFor(sum, cart, customer)
  console.log('total', sum)
}
