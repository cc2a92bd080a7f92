const zones = { north: 1.4, middle: 1, south: 1.1 }

/** Cents for sending items within the country. */
export function domesticShipping(items, address) {
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
  if (address.island) cents += 700
  return Math.round(cents * (zones[address.zone] ?? 1))
}
