import { findProduct } from '../catalogue.js'

/** Coupons as they were printed until 2021: a code names a product and a percentage. */
export function redeemCoupon(code) {
  const [sku, percent] = code.split(':')
  return Math.floor((findProduct(sku).price * Number(percent)) / 100)
}
