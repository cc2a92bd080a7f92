/** Code that nothing uses: files and exports by Knip for JavaScript and TypeScript, unused names by Ruff for Python. */
import { extname } from 'node:path'
import { configurationOfTools, tellConfigurations } from './configurations.mjs'
import { javascript, python, readSources, typescript } from './files.mjs'
import { eachWithin } from './options.mjs'
import { createReport } from './report.mjs'

const report = createReport()
const sources = readSources([...javascript, ...typescript, ...python], report)
const isPython = (/** @type {import('./files.mjs').Source} */ { path }) => python.includes(extname(path))

/** Knip's kinds of issues, and what each says of a name. */
const kinds = {
  exports: (/** @type {string} */ name) => `The export ${name} is imported nowhere.`,
  types: (/** @type {string} */ name) => `The exported type ${name} is used nowhere else.`,
  nsExports: (/** @type {string} */ name) => `The export ${name} is used nowhere, not through its namespace either.`,
  nsTypes: (/** @type {string} */ name) =>
    `The exported type ${name} is used nowhere, not through its namespace either.`,
  enumMembers: (/** @type {string} */ name) => `The enum member ${name} is used nowhere.`,
}

/** @param {readonly import('./files.mjs').Source[]} scripts in JavaScript and TypeScript */
async function findUnreached(scripts) {
  const count = scripts.length
  const { knipVersion, runKnip } = await import('./knip.mjs')
  report.tool('Knip', knipVersion)
  const result = await runKnip(['files', ...Object.keys(kinds)], report, scripts)
  if (result === null) return
  report.examined(count)
  tellConfigurations(configurationOfTools, report, {
    what: 'files that only the configuration of a tool names',
    mend: 'Run knip in the project itself.',
  })
  for (const issues of result.issues) addUnusedExports(issues)
  // Where most of it seems dead, the start was not found: that says nothing about the code.
  if (result.files.length > 5 && result.files.length > count * 0.6) {
    report.notChecked(
      'unused files',
      `${result.files.length} of ${count} files cannot be reached from a known entry point, so the real ones are not known`,
      'Name them in package.json as main, exports, bin or in scripts.',
    )
    return
  }
  const message = 'Nothing that can be reached from an entry point imports this file.'
  for (const file of result.files) report.add({ rule: 'unused-file', message, severity: 'warning', file, line: 1 })
}

/** @param {import('./knip.mjs').FileIssues} issues */
function addUnusedExports({ file, ...issues }) {
  for (const [kind, sentence] of Object.entries(kinds)) {
    for (const { name, line, col } of flatten(issues[kind])) {
      const severity = kind === 'exports' ? 'warning' : 'info'
      report.add({ rule: `unused-${kind}`, message: sentence(name), severity, file, line, column: col })
    }
  }
}

/**
 * Members of enumerations come in groups, by the name of their owner.
 * @param {import('./knip.mjs').Issue[] | Record<string, import('./knip.mjs').Issue[]>} issues
 */
function flatten(issues = []) {
  if (Array.isArray(issues)) return issues
  return Object.entries(issues).flatMap(([owner, members]) =>
    members.map(member => ({ ...member, name: `${owner}.${member.name}` })),
  )
}

async function findUnusedNames() {
  const { createRuff, ruffVersion } = await import('./ruff.mjs')
  report.tool('Ruff', ruffVersion)
  const check = createRuff(['F401', 'F811', 'F841', 'RUF059'])
  await eachWithin(45, sources.filter(isPython), report, ({ path, text }) => {
    const found = check(text)
    const broken = found.find(({ code }) => code === 'invalid-syntax')
    if (broken !== undefined) throw new Error(broken.message)
    for (const { code, message, line, column, endLine } of found) {
      // What a package imports for others is used there.
      if (code === 'F401' && path.endsWith('__init__.py')) continue
      report.add({ rule: code, message, severity: 'warning', file: path, line, column, endLine })
    }
  })
  report.notChecked(
    'unused Python functions and modules',
    'who calls what is not known in Python before it runs',
    'Run vulture, and measure the coverage of the tests.',
  )
}

const scripts = sources.filter(source => !isPython(source))
if (scripts.length > 0) await findUnreached(scripts)
if (sources.some(isPython)) await findUnusedNames()
if (report.examinedCount() === 0) report.impossible('dead code', 'no file could be examined')
report.print()
