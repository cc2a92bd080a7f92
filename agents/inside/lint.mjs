/** Lint: ESLint with rules of our own choice for JavaScript and TypeScript, Ruff for Python. */
import { extname } from 'node:path'
import { tellConfigurations } from './configurations.mjs'
import { javascript, python, readSources, typescript, writtenByHand } from './files.mjs'
import { eachWithin } from './options.mjs'
import { createReport } from './report.mjs'

/** Pyflakes, likely bugs and what is an error to Python itself; unused names belong to the dead code analysis. */
const pythonRules = ['E7', 'E9', 'F', 'B', 'PLE', 'PLW0127', 'PLW0129', 'PLR0133', 'RUF']
const pythonIgnored = [
  'F401',
  'F811',
  'F841',
  'E701',
  'E702',
  'E741',
  'B008',
  'B905',
  'RUF001',
  'RUF002',
  'RUF003',
  'RUF012',
  'RUF059',
  'RUF100',
]
const pythonErrors = /^(invalid-syntax|E9|F5|F6|F7|F82|PLE|B002|B012|B025)/

const report = createReport()
const sources = writtenByHand(readSources([...javascript, ...typescript, ...python], report), report)
const isPython = (/** @type {import('./files.mjs').Source} */ { path }) => python.includes(extname(path))

async function javascriptFindings() {
  const [{ javascriptLint }, { eslintVersion }] = await Promise.all([
    import('./lint-rules.mjs'),
    import('./eslint.mjs'),
  ])
  report.tool('ESLint', eslintVersion)
  const lint = javascriptLint()
  let suppressed = 0
  await eachWithin(
    45,
    sources.filter(source => !isPython(source)),
    report,
    async ({ path, text }) => {
      if (/^\s*(\/\/|\/\*+)\s*@flow/.test(text)) {
        report.notChecked(path, 'is written with Flow types, which ESLint does not read')
        return
      }
      const result = await lint(path, text)
      suppressed += result.suppressed
      for (const { ruleId, message, severity, line, column, endLine } of result.messages) {
        report.add({
          rule: ruleId ?? 'syntax',
          message,
          severity: severity === 2 ? 'error' : 'warning',
          file: path,
          line,
          column,
          endLine,
        })
      }
    },
  )
  report.metric('suppressed', suppressed)
}

async function pythonFindings() {
  const { createRuff, ruffVersion } = await import('./ruff.mjs')
  report.tool('Ruff', ruffVersion)
  const check = createRuff(pythonRules, { ignore: pythonIgnored })
  await eachWithin(45, sources.filter(isPython), report, ({ path, text }) => {
    for (const { code, message, line, column, endLine } of check(text)) {
      report.add({
        rule: code,
        message,
        severity: pythonErrors.test(code) ? 'error' : 'warning',
        file: path,
        line,
        column,
        endLine,
      })
    }
  })
}

if (sources.some(source => !isPython(source))) await javascriptFindings()
if (sources.some(isPython)) await pythonFindings()
tellConfigurations(
  /^(eslint\.config\.\w+|\.eslintrc.*|biome\.jsonc?|\.oxlintrc\.json|ruff\.toml|\.ruff\.toml|\.flake8|\.?pylintrc)$/,
  report,
  {
    what: "the repository's own rules for lint",
    mend: "Run the project's own lint command beside the audit.",
  },
)
report.print()
