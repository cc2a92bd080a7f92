/** Artifacts to look at the page with. */
import type {
  AnalysisReport,
  AuditReport,
  EnvReport,
  Finding,
  RepositorySummary,
  TestReport,
} from '../../domain/artifact.ts'
import type { StoredArtifact } from '../../domain/run/commands.ts'

const finding = (
  rule: string,
  severity: Finding['severity'],
  file: string,
  line: number,
  message: string,
): Finding => ({
  rule,
  severity,
  file,
  line,
  column: (line % 40) + 1,
  endLine: null,
  message,
  related: [],
})

const findings: Finding[] = [
  finding(
    'no-hardcoded-secret',
    'error',
    'src/payment/gateway.ts',
    18,
    'A private key stands in the source: “sk_live_…9f2c”',
  ),
  finding(
    'TS2345',
    'error',
    'src/orders/checkout.ts',
    142,
    "Argument of type 'string | undefined' is not assignable to parameter of type 'string'.",
  ),
  finding(
    'import-cycle',
    'error',
    'src/orders/order.ts',
    3,
    'src/orders/order.ts → src/orders/line.ts → src/orders/order.ts',
  ),
  finding(
    'no-floating-promises',
    'warning',
    'src/queue/consumer.ts',
    77,
    'A promise is neither awaited nor handled: a failure here would pass unseen',
  ),
  finding('complexity', 'warning', 'src/orders/pricing.ts', 210, 'applyDiscounts has a complexity of 34 (at most 15)'),
  finding(
    'hotspot',
    'warning',
    'src/orders/pricing.ts',
    1,
    'Changed in 61 of the last 500 commits and the most complex file of the repository',
  ),
  finding(
    'duplicate',
    'warning',
    'src/http/routes/invoices.ts',
    40,
    '38 lines stand also in src/http/routes/orders.ts',
  ),
  finding('unused-dependency', 'warning', 'package.json', 31, 'moment is declared and imported nowhere'),
  finding('unused-export', 'info', 'src/shared/dates.ts', 12, 'formatIso is exported and used nowhere'),
  finding('prefer-const', 'info', 'src/http/server.ts', 55, "'timeout' is never reassigned. Use 'const' instead."),
]
findings[2]?.related.push({ file: 'src/orders/line.ts', line: 5 })
const many: Finding[] = Array.from({ length: 51 }, (_, index) => {
  const one = findings[index % findings.length] ?? findings[0]
  if (one === undefined) throw new Error('there are no findings')
  return index < findings.length
    ? one
    : { ...one, line: (one.line ?? 0) + index * 7, severity: index % 3 === 0 ? 'warning' : 'info' }
})

const repository: RepositorySummary = {
  source: 'https://example.org/orders-service.git',
  commit: '4f1c0d2a7be95c3310d6a0b8e2c4c1d9f0a7e611',
  branch: 'main',
  commits: 1_843,
  files: 412,
  bytes: 3_912_004,
  binaryFiles: 11,
  languages: [
    { language: 'TypeScript', files: 186, lines: 24_310 },
    { language: 'SQL', files: 34, lines: 2_120 },
    { language: 'Python', files: 12, lines: 1_204 },
    { language: 'CSS', files: 9, lines: 840 },
  ],
  churn: [
    { file: 'src/orders/pricing.ts', commits: 61, lines: 3_112 },
    { file: 'src/orders/checkout.ts', commits: 48, lines: 2_021 },
    { file: 'src/http/server.ts', commits: 33, lines: 640 },
    { file: 'src/queue/consumer.ts', commits: 21, lines: 512 },
  ],
  notChecked: [],
}

const environment: EnvReport = {
  toolchains: [
    { name: 'node', version: '20.20.2', required: '>=20', ok: true, mend: '' },
    { name: 'npm', version: '11.2.0', required: null, ok: true, mend: '' },
    { name: 'python3', version: null, required: '>=3.11', ok: false, mend: 'Install Python 3.11 or later.' },
  ],
  manifests: [
    { file: 'package.json', ecosystem: 'npm', valid: true, message: '' },
    { file: 'tools/pyproject.toml', ecosystem: 'python', valid: false, message: 'line 9: a table is defined twice' },
  ],
  lockFiles: [{ file: 'package-lock.json', tool: 'npm' }],
  dependenciesPresent: true,
  testRunners: ['vitest'],
  analyzers: ['lint', 'types'],
  findings: [],
  notChecked: [
    { what: 'Python tests', why: 'No Python 3.11 is installed here.', mend: 'Install it and run the audit again.' },
  ],
}

const lint: AnalysisReport = {
  analyzer: 'lint',
  title: 'Lint',
  tool: { name: 'eslint', version: '9.39.1' },
  checked: true,
  filesExamined: 186,
  findings: many.slice(3, 26),
  omitted: 0,
  metrics: { rules: 214, fixable: 8 },
  notChecked: [],
}

const tests: TestReport = {
  runner: 'vitest',
  command: ['npx', 'vitest', 'run', '--reporter=json'],
  ran: true,
  outcome: 'failed',
  passed: 209,
  failed: 3,
  skipped: 4,
  durationMs: 21_400,
  omitted: 0,
  notChecked: [],
  cases: Array.from({ length: 216 }, (_, index) => ({
    name:
      [
        'applies a percentage before a fixed discount',
        'refuses an empty basket',
        'rounds half to even',
        'keeps the currency of the order',
      ][index % 4] ?? '',
    suite: ['pricing', 'checkout', 'money', 'orders'][index % 4] ?? '',
    file: `src/orders/${['pricing', 'checkout', 'money', 'orders'][index % 4]}.test.ts`,
    line: 10 + index,
    status: index % 70 === 5 ? ('failed' as const) : index % 53 === 9 ? ('skipped' as const) : ('passed' as const),
    durationMs: 3 + ((index * 37) % 210),
    message:
      index % 70 === 5 ? 'AssertionError: expected 1099 to be 1100\n    at src/orders/pricing.test.ts:84:31' : '',
  })),
}

const auditReport: AuditReport = {
  repository,
  summary:
    '3 errors, 22 warnings and 26 notes in 412 files; 3 of 212 tests fail. Begin with the private key in src/payment/gateway.ts: it must be revoked, not only removed.',
  counts: { error: 3, warning: 22, info: 26 },
  findings: many.map((one, index) => ({
    ...one,
    rank: index + 1,
    score: 100 - index,
    analyzers: index % 4 === 0 ? ['lint', 'hotspots'] : ['lint'],
  })),
  omitted: 0,
  tests: [tests],
  analyses: [
    'Lint',
    'Types',
    'Duplicates',
    'Complexity',
    'Dead code',
    'Dependencies',
    'Import cycles',
    'Secrets',
    'Hotspots',
  ].map((title, index) => ({
    analyzer: title.toLowerCase().replace(' ', '-'),
    title,
    checked: index !== 4,
    findings: (index * 7) % 12,
  })),
  notChecked: [
    { what: 'Python tests', why: 'No Python 3.11 is installed here.', mend: 'Install it and run the audit again.' },
    {
      what: 'Dead code',
      why: 'The entry points of the repository could not be told.',
      mend: 'Name them in package.json under “exports”.',
    },
  ],
}

const markdown = `# Audit of orders-service

**3 errors**, 22 warnings and 26 notes in 412 files at \`4f1c0d2\`. 3 of 212 tests fail.

## What to look at first

1. **A private key stands in the source** (\`src/payment/gateway.ts:18\`). It must be revoked, not only removed.
2. **Types do not hold** (\`src/orders/checkout.ts:142\`): \`string | undefined\` where a \`string\` is needed.
3. **A cycle of imports**: \`order.ts\` → \`line.ts\` → \`order.ts\`.

> A hotspot is what is both complex and often changed: \`src/orders/pricing.ts\` leads by far.

## Findings by analysis

| Analysis | Errors | Warnings | Notes |
| --- | ---: | ---: | ---: |
| Lint | 0 | 9 | 14 |
| Types | 1 | 0 | 0 |
| Import cycles | 1 | 2 | 0 |
| Secrets | 1 | 0 | 0 |

## Not checked

- [ ] Python tests: no Python 3.11 is installed here
- [x] Everything else

\`\`\`ts
export const total = (lines: readonly Line[]) =>
  lines.reduce((sum, line) => sum + line.price * line.count, 0)
\`\`\`

See [the rules](https://example.org/rules), and not [this](javascript:alert(1)). <b>No HTML</b> is made of text.
`

const bodies = {
  repository: {
    kind: 'RepositorySummary',
    title: 'Repository',
    mediaType: 'application/json',
    body: JSON.stringify(repository),
  },
  environment: {
    kind: 'EnvReport',
    title: 'Environment',
    mediaType: 'application/json',
    body: JSON.stringify(environment),
  },
  lint: { kind: 'AnalysisReport', title: 'Lint', mediaType: 'application/json', body: JSON.stringify(lint) },
  tests: { kind: 'TestReport', title: 'Tests', mediaType: 'application/json', body: JSON.stringify(tests) },
  markdown: { kind: 'Markdown', title: 'Audit report (Markdown)', mediaType: 'text/markdown', body: markdown },
  audit: {
    kind: 'AuditReport',
    title: 'Audit report',
    mediaType: 'application/json',
    body: JSON.stringify(auditReport),
  },
  sarif: {
    kind: 'Sarif',
    title: 'Findings as SARIF',
    mediaType: 'application/sarif+json',
    body: JSON.stringify({ version: '2.1.0', runs: [] }),
  },
} as const
export type BodyName = keyof typeof bodies
const names = Object.keys(bodies) as BodyName[]

export function artifactOf(name: BodyName): StoredArtifact {
  const { kind, title, mediaType, body } = bodies[name]
  const place = String(names.indexOf(name)).padStart(12, '0')
  return {
    artifactId: `01990000-0000-7000-a000-${place}`,
    kind,
    title,
    mediaType,
    size: new TextEncoder().encode(body).length,
    hash: place.padStart(64, 'a7'),
  }
}

/** By its global id. */
export function bodyOf(artifactId: string): Uint8Array {
  const name = names[Number(artifactId.slice(-12))]
  if (name === undefined) throw new Error('It is not there any more.')
  return new TextEncoder().encode(bodies[name].body)
}
