export type AccountKind = 'asset' | 'liability' | 'income' | 'expense'

export type Account = { id: string; name: string; kind: AccountKind }

/** Debits raise assets and expenses, credits raise the others. */
export function raisedByDebit(account: Account): boolean {
  return account.kind === 'asset' || account.kind === 'expense'
}

export function describeAccount(account: Account): string {
  return `${account.id} ${account.name} (${account.kind})`
}
