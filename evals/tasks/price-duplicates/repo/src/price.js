export function parcelPrice(weight, zone) {
  let price = 0
  if (zone === 'near') price = 4
  else if (zone === 'far') price = 9
  else throw new RangeError(`unknown zone ${zone}`)
  if (weight > 10) price = price + (weight - 10) * 0.5
  return Math.round(price * 100) / 100
}

export function letterPrice(weight, zone) {
  let price = 0
  if (zone === 'near') price = 1
  else if (zone === 'far') price = 2
  else throw new RangeError(`unknown zone ${zone}`)
  if (weight > 1) price = price + (weight - 1) * 0.25
  return Math.round(price * 100) / 100
}
