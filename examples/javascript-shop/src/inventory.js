import { nextOrderNumber } from './orders.js'

const stock = new Map([
  ['lamp-01', 12],
  ['chair-02', 4],
  ['mug-03', 60],
])

export function inStock(sku) {
  return stock.get(sku) ?? 0
}

export function reserve(sku, quantity, orderNumber = nextOrderNumber()) {
  const left = inStock(sku) - quantity
  if (left < 0) throw new Error(`${orderNumber}: ${sku} is sold out`)
  stock.set(sku, left)
}
