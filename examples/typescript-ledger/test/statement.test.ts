import { expect, it } from 'vitest'
import { toTransaction } from '../src/import/statement.ts'
import { Transaction } from '../src/model/transaction.ts'

const rules = { bank: 'bank', rent: 'rent', salary: 'salary', fees: 'fees', groceries: 'groceries', other: 'other' }

it('makes a balanced transaction of a line', () => {
  const line = { date: '2024-03-04', text: 'Corner market', cents: -2_310, kind: 'card', counterparty: 'Market Street' }
  const transaction = Transaction.parse(toTransaction(line, rules, 't9'))
  expect(transaction.postings.map(posting => posting.cents)).toEqual([-2_310, 2_310])
  expect(transaction.postings[1]?.accountId).toBe('groceries')
})
