import { useMemo, useState } from 'react'
import type { TestCase, TestReport } from '../../../domain/artifact.ts'
import { formatCount, formatSpan } from '../../lib/format.ts'
import { useNarrow } from '../../lib/media.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import css from './artifacts.module.css'
import { NotCheckedList } from './not-checked.tsx'
import { Place } from './place.tsx'
import { arrangeCases } from './test-rows.ts'

const statusOf = { passed: 'SUCCEEDED', failed: 'FAILED', skipped: 'SKIPPED' } as const

/** What the project's own tests said, failures first. */
export function TestView({ report }: { report: TestReport }) {
  const [text, setText] = useState('')
  const [statuses, setStatuses] = useState<readonly string[]>([])
  const [open, setOpen] = useState<TestCase | null>(null)
  const rows = useMemo(() => arrangeCases(report.cases, text, statuses), [report, text, statuses])
  const narrow = useNarrow()
  if (report.cases.length === 0) return <NoCases report={report} />
  const notes = { passed: report.passed, failed: report.failed, skipped: report.skipped }
  return (
    <div className={css.table}>
      <div className={css.bar}>
        <SearchField label="Filter tests" value={text} onChange={setText} />
        <Choice
          label="Result"
          all="All results"
          options={(['failed', 'passed', 'skipped'] as const).map(status => ({
            value: status,
            text: status,
            note: formatCount(notes[status]),
          }))}
          chosen={statuses}
          onChoose={setStatuses}
        />
        <span className={css.shown} role="status">
          {formatCount(report.passed)} passed, {formatCount(report.failed)} failed, {formatCount(report.skipped)}{' '}
          skipped in {formatSpan(report.durationMs)}
          {report.runner === null ? '' : ` with ${report.runner}`}
        </span>
      </div>
      <div className={css.rows}>
        <VirtualRows count={rows.length} rowHeight={narrow ? 56 : 34} kind="list" label="Tests">
          {index => {
            const row = rows[index]
            return row === undefined ? null : <CaseRow key={index} row={row} open={row === open} onOpen={setOpen} />
          }}
        </VirtualRows>
      </div>
      {open === null ? null : <CaseDetail row={open} onClose={() => setOpen(null)} />}
    </div>
  )
}

function CaseRow({ row, open, onOpen }: { row: TestCase; open: boolean; onOpen(row: TestCase | null): void }) {
  return (
    <li className={`${css.row} ${css.caseColumns}`} data-selected={open || undefined}>
      <StatusIcon status={statusOf[row.status]} label />
      <button type="button" className={css.message} aria-expanded={open} onClick={() => onOpen(open ? null : row)}>
        {row.suite === '' ? null : <span className={css.suite}>{row.suite} › </span>}
        {row.name}
      </button>
      <Place of={{ file: row.file, line: row.line, column: null }} />
      <span className={css.rule}>{row.durationMs === null ? '' : formatSpan(row.durationMs)}</span>
    </li>
  )
}

function CaseDetail({ row, onClose }: { row: TestCase; onClose(): void }) {
  return (
    <Scroll className={css.detail} label="The test in full">
      <header className={css.detailHead}>
        <StatusIcon status={statusOf[row.status]} />
        <h3>{row.name}</h3>
        <Button look="ghost" icon="close" aria-label="Close" onClick={onClose} />
      </header>
      {row.message === '' ? (
        <p className={css.muted}>It said nothing.</p>
      ) : (
        <pre className={css.said}>{row.message}</pre>
      )}
    </Scroll>
  )
}

function NoCases({ report }: { report: TestReport }) {
  return (
    <div className={css.padded}>
      <Empty icon="terminal" title={report.ran ? 'The tests told of no single case' : 'The tests were not run'}>
        {report.command.length === 0 ? null : <code>{report.command.join(' ')}</code>}
      </Empty>
      <NotCheckedList items={report.notChecked} />
    </div>
  )
}
