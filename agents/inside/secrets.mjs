/**
 * Credentials that stand in the tree, found by secretlint. What was found is never repeated: a report that quotes a
 * secret is one more place to find it.
 */
import { extname } from 'node:path'
import { lintSource } from '@secretlint/core'
import { secretLintProfiler } from '@secretlint/profiler'
import { creator as pattern } from '@secretlint/secretlint-rule-pattern'
import { creator as recommended } from '@secretlint/secretlint-rule-preset-recommend'
import { readSources } from './files.mjs'
import { eachWithin } from './options.mjs'
import { createReport } from './report.mjs'
import { versionOf } from './version.mjs'

/** A literal of letters and digits, mixed, that is assigned to something called a secret. */
const assigned = String.raw`/(?:passw(?:or)?d|secret|api[_-]?key|access[_-]?token|auth[_-]?token|private[_-]?key|client[_-]?secret)["']?\s*[:=]\s*["'](?=[^"'\s]*\d)(?=[^"'\s]*[A-Za-z])[^"'\s<>{}$]{12,200}["']/i`
const rules = [
  { id: '@secretlint/secretlint-rule-preset-recommend', rule: recommended },
  {
    id: '@secretlint/secretlint-rule-pattern',
    rule: pattern,
    options: { patterns: [{ name: 'a literal that is called a secret', patterns: [assigned] }] },
  },
]
/** Full of hashes, and of nothing that a person wrote. */
const lockFile =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|poetry\.lock|uv\.lock|Pipfile\.lock|Cargo\.lock|composer\.lock|Gemfile\.lock|go\.sum)$/
/** Where credentials are often made up. */
const forShow =
  /(^|\/)(tests?|__tests__|specs?|fixtures|examples?|docs?)\/|\.(test|spec|example|sample|template)\.|\.(example|sample|template)$/i

// It keeps each mark and looks through all of them for each new one: 4,000 files took a minute, and take a second without.
secretLintProfiler.mark = () => {}

const report = createReport()
report.tool('secretlint', versionOf('@secretlint/core'))

const sources = readSources(null, report).filter(({ path }) => !lockFile.test(path))
await eachWithin(45, sources, report, async ({ path, text }) => {
  const { messages } = await lintSource({
    source: { content: text, filePath: `/${path}`, ext: extname(path), contentType: 'text' },
    options: { config: { rules }, maskSecrets: true, noPhysicFilePath: true },
  })
  for (const { ruleId, messageId, message, loc } of messages) {
    report.add({
      rule: `${ruleId.replace('@secretlint/secretlint-rule-', '')}/${messageId}`,
      message: `${describe(message)}. Whoever reads the repository has it: withdraw it, and read it from the environment.`,
      severity: forShow.test(path) ? 'info' : 'error',
      file: path,
      line: loc.start.line,
      column: loc.start.column + 1,
      endLine: loc.end.line,
    })
  }
})
report.notChecked(
  'secrets in the history',
  'only the tree is examined, not what earlier commits held',
  'Run a scanner of histories, and withdraw whatever was ever committed.',
)
report.print()

/**
 * The tool's sentence up to the value.
 * @param {string} message
 */
function describe(message) {
  const [text = ''] = message.split(':')
  return `Found ${text.replace(/^found\s+/i, '').slice(0, 120)}`
}
