/** What of a list of findings is shown, and in which order. */
import type { Finding, Severity } from '../../../domain/artifact.ts'
import { severityOrder } from './severity.tsx'

export type Row = Finding & { rank?: number; analyzers?: readonly string[] }
export type SortKey = 'rank' | 'severity' | 'file' | 'rule'
export type Sorting = { key: SortKey; descending: boolean }
export type FindingFilter = { text: string; severities: readonly Severity[] }

/** `src/a.ts:12:3`; empty where a finding is about the repository as a whole. */
export function placeOf({ file, line, column }: Pick<Finding, 'file' | 'line' | 'column'>): string {
  return [file, line, line === null ? null : column].filter(part => part !== null).join(':')
}

export function arrange(rows: readonly Row[], filter: FindingFilter, sorting: Sorting): Row[] {
  const wanted = filter.text.toLowerCase()
  const shown = rows.filter(
    row =>
      (filter.severities.length === 0 || filter.severities.includes(row.severity)) &&
      (wanted === '' ||
        `${row.message} ${placeOf(row)} ${row.rule} ${row.analyzers?.join(' ') ?? ''}`.toLowerCase().includes(wanted)),
  )
  const sign = sorting.descending ? -1 : 1
  // The given order decides between equals, so that sorting by file keeps the ranks within a file.
  return shown.sort((a, b) => sign * compare(a, b, sorting.key))
}

function compare(a: Row, b: Row, key: SortKey): number {
  switch (key) {
    case 'rank':
      return (a.rank ?? 0) - (b.rank ?? 0)
    case 'severity':
      return severityOrder[a.severity] - severityOrder[b.severity]
    case 'rule':
      return a.rule.localeCompare(b.rule)
    case 'file':
      return (a.file ?? '').localeCompare(b.file ?? '') || (a.line ?? 0) - (b.line ?? 0)
  }
}
