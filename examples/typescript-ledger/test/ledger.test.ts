import { describe, expect, it } from 'vitest'
import { Ledger, LedgerError } from '../src/ledger.ts'

function household(): Ledger {
  const ledger = new Ledger()
  ledger.open({ id: 'bank', name: 'Bank', kind: 'asset' })
  ledger.open({ id: 'rent', name: 'Rent', kind: 'expense' })
  ledger.open({ id: 'loan', name: 'Loan', kind: 'liability' })
  return ledger
}

const rent = { id: 't1', date: '2024-03-01', text: 'Rent', postings: [{ accountId: 'rent', cents: 80_000 }, { accountId: 'bank', cents: -80_000 }] }

describe('a ledger', () => {
  it('keeps both sides of a transaction', () => {
    const ledger = household()
    ledger.post(rent)
    expect(ledger.balance('rent').cents).toBe(80_000)
    expect(ledger.balance('bank').cents).toBe(-80_000)
  })

  it('refuses what does not balance', () => {
    const postings = [{ accountId: 'rent', cents: 1 }, { accountId: 'bank', cents: -2 }]
    expect(() => household().post({ ...rent, postings })).toThrow(LedgerError)
  })

  it('refuses an account that is not open', () => {
    const postings = [{ accountId: 'yacht', cents: 1 }, { accountId: 'bank', cents: -1 }]
    expect(() => household().post({ ...rent, postings })).toThrow('there is no account yacht')
  })
})
