import { counted, formatMoney } from '../../lib/format.ts'

export type Estimate = {
  /** Micro-dollars. */
  low: number | string | null
  high: number | string | null
  basis: 'PAST_RUNS' | 'WORST_CASE' | 'NO_MODEL' | 'UNKNOWN'
  runs: number
}

/** What it may cost, and where that is known from. */
export function describeEstimate({ low, high, basis, runs }: Estimate): { sum: string; note: string } {
  if (basis === 'NO_MODEL') return { sum: '$0.00', note: 'None of its steps calls a model.' }
  if (basis === 'UNKNOWN' || low === null || high === null)
    return { sum: 'Unknown', note: 'No price is known for the models that it may use.' }
  const [from, to] = [formatMoney(Number(low)), formatMoney(Number(high))]
  const sum = from === to ? from : `${from} – ${to}`
  return basis === 'PAST_RUNS'
    ? { sum, note: `From ${counted(runs, 'run')} of the same workflow: the cheapest and the dearest tenth.` }
    : { sum, note: 'The least and the most that its agents may use; there are too few runs of it to know better.' }
}
