import type { StatementLine } from './statement.ts'

/** Lines of a bank statement as CSV: date;text;amount;kind;counterparty, with a header. */
export async function readStatement(csv: string): Promise<StatementLine[]> {
  const { parse } = await import('papaparse')
  const rows: string[][] = parse(csv, { delimiter: ';', skipEmptyLines: true }).data
  return rows.slice(1).map(([date = '', text = '', amount = '0', kind = '', counterparty = '']) => {
    return { date, text, cents: Math.round(Number(amount) * 100), kind, counterparty }
  })
}
