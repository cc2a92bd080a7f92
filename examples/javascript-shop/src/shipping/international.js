const customs = new Set(['CH', 'GB', 'NO', 'US'])

/** Cents for sending items abroad, with customs papers where they are needed. */
export function internationalShipping(items, address) {
  let grams = 0
  let pieces = 0
  for (const { product, quantity } of items) {
    grams += product.grams * quantity
    pieces += quantity
  }
  let cents = 490
  if (grams > 20_000) cents += 1_900 + Math.ceil((grams - 20_000) / 1_000) * 120
  else if (grams > 5_000) cents += 900
  else if (grams > 1_000) cents += 300
  if (pieces > 10) cents += (pieces - 10) * 25
  if (address.express) cents = Math.round(cents * 1.8)
  if (customs.has(address.country)) cents += 1_500
  return cents * 2
}
