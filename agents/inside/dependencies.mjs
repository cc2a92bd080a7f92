/** Packages that are declared and not used, or used and not declared, and imports that lead nowhere: by Knip. */
import { readFileSync } from 'node:fs'
import { configurationOfTools, javascript, readSources, tellConfigurations, typescript, walk } from './files.mjs'
import { knipVersion, runKnip } from './knip.mjs'
import { createReport } from './report.mjs'

const report = createReport()
report.tool('Knip', knipVersion)
const result = runKnip(['dependencies', 'unlisted', 'unresolved'])

if (!result.ok) {
  report.impossible('dependencies', result.why, result.mend)
} else {
  report.examined(readSources([...javascript, ...typescript], { notChecked: () => {} }).length)
  const mentioned = mentionedInConfigurations()
  for (const { file, ...issues } of result.issues) {
    addAll(
      file,
      issues.dependencies,
      'unused-dependency',
      'warning',
      name => `${name} is a dependency, and nothing imports it.`,
    )
    const unused = (issues.devDependencies ?? []).filter(({ name }) => !mentioned.has(name))
    addAll(
      file,
      unused,
      'unused-dev-dependency',
      'info',
      name => `${name} is a development dependency, and no code, script or configuration names it.`,
    )
    addAll(
      file,
      issues.unlisted,
      'undeclared-dependency',
      'error',
      name => `${name} is imported here and declared in no package.json: whether it is there is luck.`,
    )
    addAll(file, issues.unresolved, 'unresolved-import', 'error', name => `${name} leads to no file.`)
  }
  tellConfigurations(configurationOfTools, report, {
    what: 'dependencies that only the configuration of a tool loads',
    mend: 'Run knip in the project itself.',
  })
}
report.notChecked(
  'known vulnerabilities of dependencies',
  'their list lives on the network, and an analysis has none',
  'Run npm audit or osv-scanner.',
)
report.print()

function addAll(file, issues, rule, severity, sentence) {
  for (const { name, line, col } of issues ?? []) {
    report.add({
      rule,
      message: sentence(name),
      severity,
      file,
      line: line ?? null,
      column: col ?? null,
      endLine: null,
    })
  }
}

/** Names of development dependencies that stand as a word in some configuration file: tools name their presets so. */
function mentionedInConfigurations() {
  const names = new Set(result.issues.flatMap(issue => (issue.devDependencies ?? []).map(({ name }) => name)))
  const found = new Set()
  for (const path of walk()) {
    const file = path.slice(path.lastIndexOf('/') + 1)
    if (
      !/^\.[\w.-]*rc$|\.(json|json5|ya?ml|toml)$|config\.\w+$/.test(file) ||
      /^package(-lock)?\.json$|lock/.test(file)
    )
      continue
    const text = readFileSync(path, 'utf8').slice(0, 200_000)
    for (const name of names) if (text.includes(name) || text.includes(shortName(name))) found.add(name)
  }
  return found
}

/** `eslint-plugin-vue` is `vue` to ESLint; only quoted, so that a short word is not found anywhere. */
function shortName(name) {
  return `"${name.replace(/^(@[^/]+\/)?(eslint-(plugin|config)|babel-(plugin|preset)|stylelint-config|prettier-plugin)-/, '$1')}"`
}
