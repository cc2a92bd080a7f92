/**
 * Types, by Orrery's own TypeScript compiler. The repository's tsconfig.json is read as data: nothing is emitted and no
 * plugin is loaded. JavaScript is checked where a file asks for it with `// @ts-check`.
 */
import { basename, dirname } from 'node:path'
import ts from 'typescript'
import { javascript, readSources } from './files.mjs'
import { removeLinks } from './links.mjs'
import { createReport } from './report.mjs'
import { createFaults, pathWithin } from './type-faults.mjs'
import { fillDefaults, ourTypes } from './types-options.mjs'
import { emptyUnparsable } from './unparsable.mjs'
import { listed, walk } from './walk.mjs'

const mostProjects = 25
const root = process.cwd()
const report = createReport()
report.tool('TypeScript', ts.version)
const faults = createFaults(root, report)
/** Files that some project has checked. */
const examined = new Set()

/** @param {string} configPath */
function checkProject(configPath) {
  const { config, error } = ts.readConfigFile(configPath, ts.sys.readFile)
  if (error !== undefined) return faults.add([error], configPath)
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, dirname(configPath), undefined, configPath)
  // 18002, 18003: no files, as in a tsconfig.json that only refers to others or is only a base.
  faults.add(
    parsed.errors.filter(({ code }) => code !== 18002 && code !== 18003),
    configPath,
  )
  if (parsed.fileNames.length > 0) check(parsed.fileNames, fillDefaults(parsed.options, config, root), configPath)
}

/**
 * @param {string[]} fileNames
 * @param {ts.CompilerOptions} options
 * @param {string} configPath
 */
function check(fileNames, options, configPath) {
  const { files, diagnostics } = withoutDeepNests(() => compile(fileNames, options))
  faults.add(diagnostics, configPath)
  for (const { fileName, isDeclarationFile } of files) if (!isDeclarationFile) examined.add(fileName)
}

/**
 * @param {string[]} fileNames
 * @param {ts.CompilerOptions} options
 */
function compile(fileNames, options) {
  const program = ts.createProgram({ rootNames: fileNames, options })
  const files = program
    .getSourceFiles()
    .filter(({ fileName }) => !fileName.includes('/node_modules/') && pathWithin(root, fileName) !== null)
  const diagnostics = [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...files.flatMap(file => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
  ]
  return { files, diagnostics }
}

/**
 * @template T
 * @param {() => T} work
 */
function withoutDeepNests(work) {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof RangeError && emptyUnparsable(report))) throw error
    return work()
  }
}

removeLinks(report)
const configs = [...walk()].filter(path => ['tsconfig.json', 'jsconfig.json'].includes(basename(path)))
for (const path of configs.slice(0, mostProjects)) checkProject(`${root}/${path}`)
if (configs.length > mostProjects) {
  const left = listed(configs.slice(mostProjects))
  report.notChecked(left, `at most ${mostProjects} projects are checked`, 'Audit a sub-directory on its own.')
}

const asking = readSources(javascript, { notChecked: () => {} })
  .filter(({ text }) => /^(#!.*\n)?(\s*(\/\/.*|\/\*[\s\S]*?\*\/)\n)*\s*\/\/\s*@ts-check/.test(text.slice(0, 4_096)))
  .map(({ path }) => `${root}/${path}`)
  .filter(fileName => !examined.has(fileName))
if (asking.length > 0) check(asking, ourTypes, root)

if (configs.length === 0) {
  const mend = 'Add a tsconfig.json with "checkJs", or // @ts-check to the files.'
  if (asking.length > 0) report.notChecked('JavaScript without // @ts-check', 'nothing says what its types are', mend)
  else report.impossible('types', 'there is neither a tsconfig.json nor a file with // @ts-check', mend)
}
faults.tellMissing()
report.examined(examined.size)
report.print()
