import { useEffect, useMemo, useRef, useState } from 'react'
import type { Severity } from '../../../domain/artifact.ts'
import { counted, formatCount } from '../../lib/format.ts'
import { useNarrow } from '../../lib/media.ts'
import { Choice } from '../../ui/choice.tsx'
import { Empty } from '../../ui/empty.tsx'
import { inert } from '../../ui/inert.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import css from './artifacts.module.css'
import { FindingDetail } from './finding-detail.tsx'
import { useFindingFilter, useOpenFinding } from './finding-filter.ts'
import { arrange, type FindingFilter, type Row, type Sorting, type SortKey } from './findings.ts'
import { Place } from './place.tsx'
import { SeverityIcon, severityOrder } from './severity.tsx'

type Props = { findings: readonly Row[]; omitted: number; ranked?: boolean }

/** Findings with their places, sorted and filtered; one of them in full below. */
export function FindingsTable({ findings, omitted, ranked = false }: Props) {
  const [filter, setFilter] = useFindingFilter()
  const [sorting, setSorting] = useState<Sorting>({ key: ranked ? 'rank' : 'severity', descending: false })
  const [opened, setOpened] = useOpenFinding()
  const open = (opened === null ? undefined : findings[opened - 1]) ?? null
  const setOpen = (row: Row | null) => setOpened(row === null ? null : findings.indexOf(row) + 1)
  const rows = useMemo(() => arrange(findings, filter, sorting), [findings, filter, sorting])
  const narrow = useNarrow()
  const detail = useRef<HTMLDivElement>(null)
  // On a phone a report is longer than the window: whoever follows a link to a finding is shown it.
  useEffect(() => detail.current?.firstElementChild?.scrollIntoView({ block: 'nearest' }), [])
  if (findings.length === 0)
    return (
      <Empty icon="check" title="No findings">
        What was looked at is in order.
      </Empty>
    )
  return (
    <div className={css.table}>
      <div className={css.bar}>
        <SearchField label="Filter findings" value={filter.text} onChange={text => setFilter({ ...filter, text })} />
        <Choice
          label="Severity"
          all="All severities"
          options={(Object.keys(severityOrder) as Severity[]).map(severity => ({
            value: severity,
            text: severity,
            note: formatCount(findings.filter(one => one.severity === severity).length),
          }))}
          chosen={filter.severities}
          onChoose={chosen => setFilter({ ...filter, severities: chosen as FindingFilter['severities'] })}
        />
        <span className={css.shown} role="status">
          {rows.length === findings.length
            ? counted(rows.length, 'finding')
            : `${formatCount(rows.length)} of ${formatCount(findings.length)}`}
          {omitted > 0 ? `, ${formatCount(omitted)} more beyond the limit of a report` : ''}
        </span>
      </div>
      <div className={`${css.columns} ${css.findingColumns}`}>
        <SortButton
          label={ranked ? 'Rank' : 'Severity'}
          by={ranked ? 'rank' : 'severity'}
          sorting={sorting}
          onSort={setSorting}
        />
        <span>Finding</span>
        <SortButton label="Place" by="file" sorting={sorting} onSort={setSorting} />
        <SortButton label="Rule" by="rule" sorting={sorting} onSort={setSorting} />
      </div>
      <div className={css.rows}>
        <VirtualRows
          count={rows.length}
          rowHeight={narrow ? 56 : 34}
          reveal={open === null ? null : rows.indexOf(open)}
          kind="list"
          label="Findings"
        >
          {index => {
            const row = rows[index]
            const key = `${row?.rank}-${index}`
            return row === undefined ? null : <FindingRow key={key} row={row} open={row === open} onOpen={setOpen} />
          }}
        </VirtualRows>
      </div>
      <div ref={detail} className={css.detailPlace}>
        {open === null ? null : <FindingDetail finding={open} onClose={() => setOpen(null)} />}
      </div>
    </div>
  )
}

function FindingRow({ row, open, onOpen }: { row: Row; open: boolean; onOpen(row: Row | null): void }) {
  return (
    <li className={`${css.row} ${css.findingColumns}`} data-selected={open || undefined}>
      <span className={css.rank}>
        <SeverityIcon severity={row.severity} />
        {row.rank}
      </span>
      <button type="button" className={css.message} aria-expanded={open} onClick={() => onOpen(open ? null : row)}>
        {inert(row.message)}
      </button>
      <Place of={row} />
      <span className={css.rule}>{inert(row.rule)}</span>
    </li>
  )
}

type SortProps = { label: string; by: SortKey; sorting: Sorting; onSort(sorting: Sorting): void }

function SortButton({ label, by, sorting, onSort }: SortProps) {
  const active = sorting.key === by
  return (
    <button
      type="button"
      className={css.sort}
      aria-pressed={active}
      aria-label={`Sort by ${label.toLowerCase()}`}
      onClick={() => onSort({ key: by, descending: active ? !sorting.descending : false })}
    >
      {label}
      <span aria-hidden="true">{active ? (sorting.descending ? ' ↓' : ' ↑') : ''}</span>
    </button>
  )
}
