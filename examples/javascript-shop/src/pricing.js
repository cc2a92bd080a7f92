const loyaltyShare = { bronze: 0.01, silver: 0.03, gold: 0.05 }

/** The discount on a sum, in cents. Discounts do not add up: the customer gets the best one. */
export function discountFor(sum, cart, customer) {
  let best = 0
  if (customer) {
    if (customer.loyalty) {
      const share = loyaltyShare[customer.loyalty]
      if (share !== undefined && sum * share > best) best = sum * share
    }
    if (customer.birthday) {
      const today = new Date()
      const birthday = new Date(customer.birthday)
      if (birthday.getMonth() === today.getMonth() && birthday.getDate() === today.getDate()) {
        if (sum >= 5_000 && 500 > best) best = 500
        else if (sum >= 2_500 && 250 > best) best = 250
      }
    }
    if (customer.employee && sum * 0.2 > best) {
      best = sum * 0.2
    }
    if (customer.orders > 100) {
      if (best < sum * 0.1) best = sum * 0.1
    } else if (customer.orders > 50) {
      if (best < sum * 0.06) best = sum * 0.06
    } else if (customer.orders > 10) {
      if (best < sum * 0.02) best = sum * 0.02
    }
  }
  const pieces = cart.items.reduce((count, item) => count + item.quantity, 0)
  if (pieces >= 20) {
    if (sum > 50_000 && sum * 0.12 > best) best = sum * 0.12
    else if (sum > 20_000 && sum * 0.08 > best) best = sum * 0.08
    else if (sum * 0.04 > best) best = sum * 0.04
  } else if (pieces >= 10 && sum * 0.03 > best) {
    best = sum * 0.03
  }
  return Math.floor(best)
}
