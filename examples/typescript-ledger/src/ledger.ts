import { type Balance, balanceOf } from './balance.ts'
import type { Account } from './model/account.ts'
import { Transaction } from './model/transaction.ts'

export class LedgerError extends Error {}

/** Accounts and the transactions between them. A transaction that does not balance is refused. */
export class Ledger {
  readonly accounts = new Map<string, Account>()
  readonly transactions: Transaction[] = []

  open(account: Account): void {
    if (this.accounts.has(account.id)) throw new LedgerError(`account ${account.id} is open already`)
    this.accounts.set(account.id, account)
  }

  /** Throws LedgerError where an account is missing or debits and credits differ. */
  post(input: unknown): Transaction {
    const transaction = Transaction.parse(input)
    const sum = transaction.postings.reduce((total, posting) => total + posting.cents, 0)
    if (sum !== 0) throw new LedgerError(`transaction ${transaction.id} is off by ${sum} cents`)
    for (const { accountId } of transaction.postings) this.account(accountId)
    this.transactions.push(transaction)
    return transaction
  }

  account(id: string): Account {
    const account = this.accounts.get(id)
    if (account == undefined) throw new LedgerError(`there is no account ${id}`)
    return account
  }

  balance(id: string): Balance {
    return balanceOf(this, id)
  }
}
