import { createServer } from 'node:http'
import { addItem, cartTotal, createCart } from './cart.js'
import { findProduct, listProducts } from './catalogue.js'
import { config } from './config.js'
import { formatMoney } from './money.js'
import { placeOrder } from './orders.js'
import { exportOrders } from './reports/export.js'
import { domesticShipping } from './shipping/domestic.js'
import { internationalShipping } from './shipping/international.js'

const orders = []

function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

async function readJson(request) {
  let text = ''
  for await (const chunk of request) text += chunk
  return JSON.parse(text)
}

function cartOf(items) {
  const cart = createCart()
  for (const { sku, quantity } of items) addItem(cart, findProduct(sku), quantity)
  return cart
}

function shippingOf(cart, address) {
  return address.country === config.homeCountry
    ? domesticShipping(cart.items, address)
    : internationalShipping(cart.items, address)
}

const routes = {
  'GET /products': async (_request, response) => send(response, 200, listProducts()),
  'GET /orders.csv': async (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/csv' })
    response.end(await exportOrders(orders))
  },
  'POST /orders': async (request, response) => {
    const { items, customer, address } = await readJson(request)
    const cart = cartOf(items)
    const order = placeOrder(cart, customer, shippingOf(cart, address))
    orders.push(order)
    send(response, 201, { ...order, total: formatMoney(cartTotal(cart, customer)) })
  },
}

createServer((request, response) => {
  const route = routes[`${request.method} ${request.url}`]
  if (route === undefined) return send(response, 404, { error: 'not found' })
  route(request, response).catch(error => send(response, 400, { error: error.message }))
}).listen(config.port, '127.0.0.1')
