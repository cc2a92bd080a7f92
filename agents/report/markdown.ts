/** An audit for people to read. Every text that comes from a repository is escaped: none of it may become markup. */
import type { AuditReport, RankedFinding, TestReport } from '../../domain/artifact.ts'

const shownFindings = 200

export function toMarkdown(report: AuditReport): string {
  const { repository, findings, tests, analyses, notChecked } = report
  return [
    `# Audit of ${plain(repository.source)}`,
    plain(report.summary),
    ...(repository.commit === null
      ? []
      : [
          `Commit ${code(repository.commit.slice(0, 12))}${repository.branch === null ? '' : ` of ${code(repository.branch)}`}.`,
        ]),
    '## What to look at first',
    ...findingsPart(findings, report.omitted),
    '## Tests',
    ...(tests.length === 0 ? ['No tests were run.'] : tests.map(testLine)),
    '## Analyses',
    table(
      ['Analysis', 'Result'],
      analyses.map(({ title, checked, findings }) => [
        plain(title),
        checked ? `${findings} ${findings === 1 ? 'finding' : 'findings'}` : 'not checked',
      ]),
    ),
    '## What was not checked, and why',
    ...(notChecked.length === 0
      ? ['Nothing was left out.']
      : [
          notChecked
            .map(({ what, why, mend }) => `- **${plain(what)}**: ${plain(why)}.${mend === '' ? '' : ` ${plain(mend)}`}`)
            .join('\n'),
        ]),
  ]
    .join('\n\n')
    .concat('\n')
}

function findingsPart(findings: readonly RankedFinding[], omitted: number): string[] {
  if (findings.length === 0) return ['Nothing was found.']
  const rows = findings
    .slice(0, shownFindings)
    .map(finding => [
      String(finding.rank),
      finding.severity === 'info' ? 'note' : finding.severity,
      finding.file === null ? '' : code(`${finding.file}${finding.line === null ? '' : `:${finding.line}`}`),
      `${plain(finding.message)} ${code(finding.rule)}`,
      plain(finding.analyzers.join(', ')),
    ])
  const more = findings.length - rows.length + omitted
  return [
    table(['#', 'Severity', 'Where', 'What', 'Found by'], rows),
    ...(more > 0 ? [`${more} more are in the report as JSON or were left out.`] : []),
  ]
}

function testLine({ runner, outcome, passed, failed, skipped, durationMs }: TestReport): string {
  return `- ${plain(runner ?? 'unknown runner')}: **${outcome}**, ${passed} passed, ${failed} failed, ${skipped} skipped, in ${(durationMs / 1_000).toFixed(1)} s`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return 'None.'
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Text that means itself, on one line. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]{}<>|!~#$]/g, '\\$&')
    .replace(/^([-+]|\d+\.)(?=\s)/, '\\$1')
}

/** A code span; what would end it early is taken out. */
const code = (text: string): string => `\`${text.replace(/\s+/g, ' ').replaceAll('`', "'").replaceAll('|', '\\|')}\``
