/** What became of a run, and where to read on. Pure. */
import type { AuditReport, RankedFinding } from '../../domain/artifact.ts'
import { toGlobalId } from '../../domain/ids.ts'
import { type Artifact, begunAt, type Run } from '../../domain/run/state.ts'
import type { CodePatch } from '../../domain/work.ts'
import { bytes, count, duration, oneLine } from '../format.ts'
import { cut, cutStart, type Style, widthOf } from '../style.ts'
import { costOf } from './cost.ts'
import { runSigns } from './words.ts'

export type SummaryOptions = {
  /** Of the server. */
  url: string
  audit: AuditReport | null
  patch: CodePatch | null
  width: number
  style: Style
}

const shownFindings = 5
const verbs = { SUCCEEDED: 'succeeded', FAILED: 'failed', CANCELLED: 'was cancelled' } as const

export function renderSummary(run: Run, options: SummaryOptions): string[] {
  const { style, audit, url } = options
  const sign = runSigns[run.status]
  const verb = verbs[run.status as keyof typeof verbs] ?? `is ${run.status.toLowerCase()}`
  const took = run.endedAt === null ? '' : ` in ${duration(run.endedAt - begunAt(run))}`
  return [
    `${style[sign.colour](sign.text)} ${style.bold(oneLine(run.title))} ${verb}${took}`,
    ...(run.error === null ? [] : failure(run.error, options)),
    ...(audit === null ? [] : ['', ...auditLines(audit, options)]),
    ...(options.patch === null ? [] : ['', ...patchLines(options.patch, options)]),
    '',
    ...reading(run, url, style),
  ]
}

function failure({ message, hint }: { message: string; hint: string }, { style, width }: SummaryOptions): string[] {
  const lines = [`  ${style.red(cut(oneLine(message), width - 2))}`]
  return hint === '' ? lines : [...lines, `  ${cut(oneLine(hint), width - 2)}`]
}

function auditLines(audit: AuditReport, options: SummaryOptions): string[] {
  const { style } = options
  const { error, warning, info } = audit.counts
  const total = error + warning + info
  const shown = audit.findings.slice(0, shownFindings)
  const row = (name: string, value: string) => `  ${style.dim(name.padEnd(12))}${value}`
  const counts = [
    style[error > 0 ? 'red' : 'dim'](count(error, 'error')),
    style[warning > 0 ? 'yellow' : 'dim'](count(warning, 'warning')),
    style.dim(`${info} info`),
  ].join(style.dim(' · '))
  return [
    row('findings', total === 0 ? 'none' : counts),
    ...audit.tests.map(test => row('tests', testLine(test, style))),
    ...(audit.notChecked.length === 0
      ? []
      : [row('not checked', `${count(audit.notChecked.length, 'thing')}; the report says which and why`)]),
    ...(audit.findings.length === 0 ? [] : ['', ...shown.map(one => findingLine(one, options))]),
    ...(total > shown.length ? [style.dim(`  … and ${total - shown.length} more in the report`)] : []),
  ]
}

const shownFiles = 8

function patchLines(
  { files, added, removed, branch, simulated }: CodePatch,
  { style, width }: SummaryOptions,
): string[] {
  const row = (name: string, value: string) => `  ${style.dim(name.padEnd(12))}${value}`
  const lines = `${style.green(`+${added}`)} ${style.red(`−${removed}`)}`
  return [
    row('change', `${count(files.length, 'file')}  ${lines}${simulated ? style.yellow('  simulated') : ''}`),
    ...(branch === null ? [] : [row('branch', oneLine(branch))]),
    ...files
      .slice(0, shownFiles)
      .map(file => style.dim(cut(`    ${file.status.padEnd(9)}${oneLine(file.path)}`, width))),
    ...(files.length > shownFiles ? [style.dim(`    … and ${files.length - shownFiles} more`)] : []),
  ]
}

function testLine(
  { runner, ran, outcome, passed, failed, skipped, notChecked }: AuditReport['tests'][number],
  style: Style,
): string {
  if (!ran) return style.yellow(`not run${notChecked[0] ? `: ${oneLine(notChecked[0].why)}` : ''}`)
  const parts = [
    `${passed} passed`,
    failed > 0 ? style.red(`${failed} failed`) : '',
    skipped > 0 ? `${skipped} skipped` : '',
    outcome === 'timed-out' ? style.red('timed out') : '',
    outcome === 'unreadable' ? style.yellow('the output could not be read') : '',
  ]
  return `${parts.filter(part => part !== '').join(', ')}${runner === null ? '' : style.dim(` (${oneLine(runner)})`)}`
}

const severityColours = { error: 'red', warning: 'yellow', info: 'blue' } as const

function findingLine({ severity, file, line, message, rule }: RankedFinding, { style, width }: SummaryOptions): string {
  const place = file === null ? '' : `${oneLine(file)}${line === null ? '' : `:${line}`}`
  const word = severity.padEnd(7)
  const shownPlace = cutStart(place, Math.max(20, Math.floor(width / 2)))
  const room = width - 2 - word.length - 1 - (shownPlace === '' ? 0 : widthOf(shownPlace) + 2)
  const text = cut(oneLine(`${message} (${rule})`), room)
  return `  ${style[severityColours[severity]](word)} ${shownPlace === '' ? '' : `${shownPlace}  `}${style.dim(text)}`
}

/** What a person wants to read first, before what programs want. */
const order = ['Markdown', 'AuditReport', 'CodePatch', 'ReviewReport', 'ResearchNote', 'ChangeSummary', 'TestReport']

export function artifactsToRead(run: Run): Artifact[] {
  return order.flatMap(kind => run.artifacts.filter(artifact => artifact.kind === kind).toReversed()).slice(0, 3)
}

function reading(run: Run, url: string, style: Style): string[] {
  const id = toGlobalId('Run', run.id)
  const [report] = artifactsToRead(run)
  const row = (name: string, value: string, note = '') =>
    `  ${style.dim(name.padEnd(12))}${value}${note === '' ? '' : style.dim(`  ${note}`)}`
  return [
    ...(report === undefined
      ? []
      : [
          row(
            'report',
            `orrery artifacts get ${toGlobalId('Artifact', report.id)}`,
            `${oneLine(report.title)}, ${bytes(report.size)}`,
          ),
        ]),
    ...(run.spentMicros > 0 || run.simulated ? [row('cost', costOf(run))] : []),
    row('artifacts', `orrery artifacts list ${id}`, `${run.artifacts.length} of them`),
    row('page', `${url}/runs/${id}`),
  ]
}
