/** Packages that are declared and not used, or used and not declared, and imports that lead nowhere: by Knip. */
import { readFileSync } from 'node:fs'
import { configurationOfTools, tellConfigurations } from './configurations.mjs'
import { javascript, readSources, typescript } from './files.mjs'
import { knipVersion, runKnip } from './knip.mjs'
import { createReport } from './report.mjs'
import { walk } from './walk.mjs'

/** @typedef {import('./knip.mjs').Issue[]} Issues */

const report = createReport()
report.tool('Knip', knipVersion)
const sources = readSources([...javascript, ...typescript], report)
const result = await runKnip(['files', 'dependencies', 'unlisted', 'unresolved'], report, sources)

if (result === null) {
  report.impossible('dependencies', 'who imports what could not be found out')
} else {
  report.examined(sources.length)
  const mentioned = mentionedInConfigurations(result)
  for (const { file, dependencies, devDependencies, unlisted, unresolved } of result.issues) {
    const unused = /** @type {Issues} */ (devDependencies ?? []).filter(({ name }) => !mentioned.has(name))
    const [imported, idle] = separate(/** @type {Issues} */ (dependencies ?? []))
    add(file, idle, 'unused-dependency', 'warning', 'is a dependency, and nothing imports it.')
    add(file, imported, 'unused-dependency', 'info', 'is a dependency, and only files that nothing reaches name it.')
    add(
      file,
      unused,
      'unused-dev-dependency',
      'info',
      'is a development dependency, and no code, script or configuration names it.',
    )
    add(
      file,
      unlisted,
      'undeclared-dependency',
      'error',
      'is imported here and declared in no package.json: whether it is there is luck.',
    )
    add(file, unresolved, 'unresolved-import', 'error', 'leads to no file.')
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

/**
 * Those that some file names, reached or not, and those that stand nowhere.
 * @param {Issues} issues
 */
function separate(issues) {
  const quoted = (/** @type {string} */ name) => [`'${name}'`, `"${name}"`, `'${name}/`, `"${name}/`]
  const isNamed = ({ name = '' }) => sources.some(({ text }) => quoted(name).some(form => text.includes(form)))
  return [issues.filter(isNamed), issues.filter(issue => !isNamed(issue))]
}

/**
 * @param {string} file
 * @param {import('./knip.mjs').FileIssues[string] | undefined} issues
 * @param {string} rule
 * @param {'error' | 'warning' | 'info'} severity
 * @param {string} predicate what is said of the name
 */
function add(file, issues, rule, severity, predicate) {
  for (const { name, line, col } of Array.isArray(issues) ? issues : []) {
    report.add({ rule, message: `${name} ${predicate}`, severity, file, line, column: col })
  }
}

/**
 * Names of development dependencies that stand in some configuration file: tools name their presets so.
 * @param {import('./knip.mjs').Issues} found
 */
function mentionedInConfigurations(found) {
  const names = new Set(
    found.issues.flatMap(({ devDependencies }) =>
      /** @type {Issues} */ (devDependencies ?? []).map(({ name }) => name),
    ),
  )
  const mentioned = new Set()
  for (const path of walk()) {
    const file = path.slice(path.lastIndexOf('/') + 1)
    if (!/^\.[\w.-]*rc$|\.(json|json5|ya?ml|toml)$|config\.\w+$/.test(file)) continue
    if (/^package(-lock)?\.json$|lock/.test(file)) continue
    const text = readFileSync(path, 'utf8').slice(0, 200_000)
    for (const name of names) if (text.includes(name) || text.includes(shortName(name))) mentioned.add(name)
  }
  return mentioned
}

/**
 * `eslint-plugin-vue` is `vue` to ESLint; only quoted, so that a short word is not found anywhere.
 * @param {string} name
 */
function shortName(name) {
  const prefix = /^(@[^/]+\/)?(eslint-(plugin|config)|babel-(plugin|preset)|stylelint-config|prettier-plugin)-/
  return `"${name.replace(prefix, '$1')}"`
}
