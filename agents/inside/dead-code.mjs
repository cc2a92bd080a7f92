/** Code that nothing uses: files and exports by Knip for JavaScript and TypeScript, unused names by Ruff for Python. */
import { extname } from 'node:path'
import { configurationOfTools, javascript, python, readSources, tellConfigurations, typescript } from './files.mjs'
import { eachWithin } from './options.mjs'
import { createReport } from './report.mjs'

const report = createReport()
const sources = readSources([...javascript, ...typescript, ...python], report)
const isPython = (/** @type {import('./files.mjs').Source} */ { path }) => python.includes(extname(path))

const kinds = {
  exports: name => `The export ${name} is imported nowhere.`,
  types: name => `The exported type ${name} is used nowhere else.`,
  nsExports: name => `The export ${name} is used nowhere, not through its namespace either.`,
  nsTypes: name => `The exported type ${name} is used nowhere, not through its namespace either.`,
  enumMembers: name => `The enum member ${name} is used nowhere.`,
}

async function unreached(count) {
  const { knipVersion, runKnip } = await import('./knip.mjs')
  report.tool('Knip', knipVersion)
  const result = runKnip(['files', ...Object.keys(kinds)])
  if (!result.ok) return report.notChecked('unused files and exports', result.why, result.mend)
  report.examined(count)
  tellConfigurations(configurationOfTools, report, {
    what: 'files that only the configuration of a tool names',
    mend: 'Run knip in the project itself.',
  })
  for (const { file, ...issues } of result.issues) addUnused(file, issues)
  // Where most of it seems dead, the start was not found: that says nothing about the code.
  if (result.files.length > 5 && result.files.length > count * 0.6) {
    return report.notChecked(
      'unused files',
      `${result.files.length} of ${count} files cannot be reached from a known entry point, so the real ones are not known`,
      'Name them in package.json as main, exports, bin or in scripts.',
    )
  }
  for (const file of result.files) {
    report.add({
      rule: 'unused-file',
      message: 'Nothing that can be reached from an entry point imports this file.',
      severity: 'warning',
      file,
      line: 1,
      column: null,
      endLine: null,
    })
  }
}

function addUnused(file, issues) {
  for (const [kind, sentence] of Object.entries(kinds)) {
    const found = issues[kind] ?? []
    const flat = Array.isArray(found)
      ? found
      : Object.entries(found).flatMap(([owner, members]) =>
          members.map(member => ({ ...member, name: `${owner}.${member.name}` })),
        )
    for (const { name, line, col } of flat) {
      report.add({
        rule: `unused-${kind}`,
        message: sentence(name),
        severity: kind === 'exports' ? 'warning' : 'info',
        file,
        line: line ?? null,
        column: col ?? null,
        endLine: null,
      })
    }
  }
}

async function unusedNames() {
  const { createRuff, ruffVersion } = await import('./python-lint.mjs')
  report.tool('Ruff', ruffVersion)
  const check = createRuff(['F401', 'F811', 'F841', 'RUF059'])
  await eachWithin(45, sources.filter(isPython), report, ({ path, text }) => {
    const found = check(text)
    const broken = found.find(({ code }) => code === 'invalid-syntax')
    if (broken !== undefined) throw new Error(broken.message)
    for (const { code, message, line, column, endLine } of found) {
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
if (scripts.length > 0) await unreached(scripts.length)
if (sources.some(isPython)) await unusedNames()
report.print()
