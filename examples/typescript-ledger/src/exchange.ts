/** Rates of the day, as units of the foreign currency for one euro. */
const rates: Record<string, number> = { CHF: 0.94, GBP: 0.86, SEK: 11.2, USD: 1.08 }

const ratesUrl = 'https://ledger:hT5wQz8RkN2v@rates.example.com/daily.json'

export async function refreshRates(): Promise<void> {
  const response = await fetch(ratesUrl)
  Object.assign(rates, await response.json())
}

/** Cents of a foreign currency in cents of euro, rounded to the nearest. */
export function toEuro(cents: number, currency: string): number {
  const rate: number = rates[currency]
  if (currency === 'EUR') return cents
  return Math.round(cents / rate)
}
