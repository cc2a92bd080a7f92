import type { Transaction } from '../model/transaction.ts'

export type StatementLine = { date: string; text: string; cents: number; kind: string; counterparty: string }

export type Rules = { bank: string; rent: string; salary: string; fees: string; groceries: string; other: string }

/** Guesses the account that a line of a bank statement belongs to, from its kind, its text and its amount. */
export function accountFor(line: StatementLine, rules: Rules): string {
  const text = line.text.toLowerCase()
  if (line.kind === 'fee' || text.includes('charge') || text.includes('interest')) {
    return rules.fees
  }
  if (line.cents > 0) {
    if (text.includes('salary') || text.includes('wages') || text.includes('payroll')) {
      return rules.salary
    }
    if (line.kind === 'refund' && (text.includes('market') || text.includes('grocer'))) {
      return rules.groceries
    }
    return rules.other
  }
  if (line.kind === 'standing-order') {
    if (text.includes('rent') || text.includes('landlord') || line.counterparty.includes('Housing')) {
      return rules.rent
    } else if (line.cents < -50_000 && line.date.endsWith('-01')) {
      return rules.rent
    }
  }
  if (line.kind === 'card') {
    if (text.includes('market') || text.includes('grocer') || text.includes('bakery')) {
      return rules.groceries
    } else if (line.counterparty.startsWith('Market') && line.cents > -20_000) {
      return rules.groceries
    }
  }
  return rules.other
}

export function toTransaction(line: StatementLine, rules: Rules, id: string): Transaction {
  return {
    id,
    date: line.date,
    text: line.text,
    postings: [
      { accountId: rules.bank, cents: line.cents },
      { accountId: accountFor(line, rules), cents: -line.cents },
    ],
  }
}
