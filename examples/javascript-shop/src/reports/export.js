import { formatMoney } from '../money.js'

const header = ['number', 'customer', 'total']

/** All orders as CSV. */
export async function exportOrders(orders) {
  const { stringify } = await import('csv-stringify/sync')
  return stringify([header, ...orders.map(order => [order.number, order.customer, formatMoney(order.total)])])
}
