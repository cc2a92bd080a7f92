import type { ReportLine } from './monthly.ts'

/** A report in columns, for a terminal. */
export function plainText(lines: readonly ReportLine[]): string {
  return lines.map(line => `${line.account.padEnd(24)} ${String(line.debit).padStart(12)} ${String(line.credit).padStart(12)}`).join('\n')
}
