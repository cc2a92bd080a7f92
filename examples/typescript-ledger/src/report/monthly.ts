import type { Ledger } from '../ledger.ts'

export type ReportLine = { account: string; debit: number; credit: number; postings: number }

/** Turnover of each account in a month such as `2024-03`, the busiest first. */
export function monthlyReport(ledger: Ledger, month: string): ReportLine[] {
  const lines = new Map<string, ReportLine>()
  for (const transaction of ledger.transactions) {
    if (!transaction.date.startsWith(month)) continue
    for (const { accountId, cents } of transaction.postings) {
      const line = lines.get(accountId) ?? { account: ledger.account(accountId).name, debit: 0, credit: 0, postings: 0 }
      if (cents > 0) line.debit += cents
      else line.credit -= cents
      line.postings += 1
      lines.set(accountId, line)
    }
  }
  const busiestFirst = (left: ReportLine, right: ReportLine) => right.postings - left.postings
  return [...lines.values()].filter(line => line.debit > 0 || line.credit > 0).sort(busiestFirst)
}
