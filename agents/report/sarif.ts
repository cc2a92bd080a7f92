/** An analysis in SARIF 2.1.0 (OASIS), which editors and code hosts read. */
import type { AnalysisReport, Finding, Severity } from '../../domain/artifact.ts'
import type { Json } from '../../domain/json.ts'

const schema = 'https://json.schemastore.org/sarif-2.1.0.json'
const levels: { readonly [severity in Severity]: string } = { error: 'error', warning: 'warning', info: 'note' }

/** `commit` is the revision that was examined, where there is one. */
export function toSarif(report: AnalysisReport, commit: string | null): Json {
  const rules = [...new Set(report.findings.map(finding => finding.rule))]
  return {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name || report.title,
            version: report.tool.version,
            rules: rules.map(id => ({ id })),
          },
        },
        // Columns are what ECMAScript counts.
        columnKind: 'utf16CodeUnits',
        automationDetails: { id: `orrery/${report.analyzer}/` },
        originalUriBaseIds: { ROOT: { description: { text: 'The top of the repository.' } } },
        ...(commit === null ? {} : { properties: { revisionId: commit } }),
        invocations: [
          {
            executionSuccessful: report.checked,
            toolExecutionNotifications: report.notChecked.map(({ what, why, mend }) => ({
              level: 'note',
              message: { text: `Not checked: ${what}: ${why}.${mend === '' ? '' : ` ${mend}`}` },
            })),
          },
        ],
        results: report.findings.map(finding => toResult(finding, rules.indexOf(finding.rule))),
      },
    ],
  }
}

function toResult(finding: Finding, ruleIndex: number): Json {
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: finding.file === null ? [] : [toLocation(finding.file, finding.line, finding)],
    relatedLocations: finding.related.map(({ file, line }, index) => ({ id: index + 1, ...toLocation(file, line) })),
  }
}

function toLocation(
  file: string,
  line: number | null,
  { column = null, endLine = null }: { column?: number | null; endLine?: number | null } = {},
) {
  const region = {
    ...(line === null ? {} : { startLine: line }),
    ...(line === null || column === null ? {} : { startColumn: column }),
    ...(line === null || endLine === null || endLine < line ? {} : { endLine }),
  }
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'ROOT' },
      ...(line === null ? {} : { region }),
    },
  }
}
