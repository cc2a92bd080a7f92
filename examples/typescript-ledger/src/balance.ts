import { Ledger, LedgerError } from './ledger.ts'
import { raisedByDebit } from './model/account.ts'

export type Balance = { accountId: string; cents: number; postings: number }

/** What stands on an account: positive where it has grown in its own direction. */
export function balanceOf(ledger: Ledger, accountId: string): Balance {
  if (!(ledger instanceof Ledger)) throw new LedgerError('a balance needs a ledger')
  const account = ledger.account(accountId)
  const postings = ledger.transactions.flatMap(transaction => transaction.postings).filter(posting => posting.accountId === accountId)
  const sum = postings.reduce((total, posting) => total + posting.cents, 0)
  return { accountId, cents: raisedByDebit(account) ? sum : -sum, postings: postings.length }
}
