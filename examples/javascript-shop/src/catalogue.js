const products = [
  { sku: 'lamp-01', name: 'Desk lamp', price: 4_900, grams: 1_200 },
  { sku: 'chair-02', name: 'Oak chair', price: 18_900, grams: 6_500 },
  { sku: 'mug-03', name: 'Stoneware mug', price: 1_450, grams: 380 },
]

export function listProducts() {
  return products.map(({ sku, name, price }) => ({ sku, name, price }))
}

export function findProduct(sku) {
  const product = products.find(candidate => candidate.sku === sku)
  if (product === undefined) throw new Error(`there is no product ${sku}`)
  return product
}

/** Products that cost less than a number of cents. */
export function productsBelow(limit) {
  return products.filter(product => product.price < limit)
}
