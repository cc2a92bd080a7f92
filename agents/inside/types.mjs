/**
 * Types, by Orrery's own TypeScript compiler. The repository's tsconfig.json is read as data: nothing is emitted and no
 * plugin is loaded. JavaScript is checked where a file asks for it with `// @ts-check`.
 */
import { existsSync } from 'node:fs'
import { basename, dirname, relative } from 'node:path'
import ts from 'typescript'
import { javascript, listed, readSources, walk } from './files.mjs'
import { createReport } from './report.mjs'
import { fillDefaults, ourTypes } from './types-options.mjs'

const mostProjects = 25
const root = process.cwd()
const report = createReport()
report.tool('TypeScript', ts.version)
const seen = new Set()
const missing = new Set()
let consequences = 0

/** Modules that are not there: whether that is a fault of the code or of what is installed is not for types to say. */
const missingModule = new Set([2307, 2792, 7016, 2875, 1479])
const missingTypes = new Set([2688, 2580, 2591, 2582, 2593])
/** What follows from a module without types: everything of it is `any`. */
const impliedByMissing = new Set([7006, 7031, 7034, 7005, 18046, 2571])

function checkProject(configPath) {
  const read = ts.readConfigFile(configPath, ts.sys.readFile)
  if (read.error !== undefined) return addDiagnostic(read.error, configPath)
  const parsed = ts.parseJsonConfigFileContent(read.config, ts.sys, dirname(configPath), undefined, configPath)
  // 18002, 18003: no files, as in a tsconfig.json that only refers to others or is only a base.
  for (const error of parsed.errors) if (![18002, 18003].includes(error.code)) addDiagnostic(error, configPath)
  if (parsed.fileNames.length > 0) check(parsed.fileNames, fillDefaults(parsed.options, read.config, root))
}

function check(fileNames, options) {
  const program = ts.createProgram({ rootNames: fileNames, options })
  const own = file => !file.fileName.includes('/node_modules/') && within(file.fileName) !== null
  const files = program.getSourceFiles().filter(own)
  report.examined(files.filter(file => !file.isDeclarationFile && !seen.has(file.fileName)).length)
  const diagnostics = [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...files.flatMap(file => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
  ]
  for (const diagnostic of diagnostics) addDiagnostic(diagnostic, null)
  for (const file of files) seen.add(file.fileName)
}

function addDiagnostic(diagnostic, configPath) {
  const { file, start, length, code, category } = diagnostic
  if (category !== ts.DiagnosticCategory.Error && category !== ts.DiagnosticCategory.Warning) return
  const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')
  if (leavesOpen(code, message)) return
  const path = within(file?.fileName ?? configPath ?? '')
  const begin = file === undefined || start === undefined ? null : file.getLineAndCharacterOfPosition(start)
  const end = begin === null ? null : file.getLineAndCharacterOfPosition(start + (length ?? 0))
  const key = `${path}:${start}:${code}`
  if (seen.has(key)) return
  seen.add(key)
  report.add({
    rule: `TS${code}`,
    message,
    severity: path === null ? 'warning' : 'error',
    file: path,
    line: begin === null ? null : begin.line + 1,
    column: begin === null ? null : begin.character + 1,
    endLine: end === null ? null : end.line + 1,
  })
}

/** Whether a message is only about what is not installed; it is remembered. */
function leavesOpen(code, message) {
  if (missingModule.has(code) || missingTypes.has(code)) {
    const name = /'([^']+)'/.exec(message)?.[1] ?? ''
    if (missingModule.has(code) && /^(\.|\/|#)/.test(name)) return false
    missing.add(name)
    return true
  }
  if (missing.size > 0 && impliedByMissing.has(code)) {
    consequences += 1
    return true
  }
  return false
}

/** The path of a file as the repository has it; null for files outside. */
function within(fileName) {
  const path = relative(root, fileName)
  return path === '' || path.startsWith('..') || path.startsWith('/') ? null : path
}

const configs = [...walk()].filter(path => ['tsconfig.json', 'jsconfig.json'].includes(basename(path)))
for (const path of configs.slice(0, mostProjects)) checkProject(`${root}/${path}`)
if (configs.length > mostProjects)
  report.notChecked(
    listed(configs.slice(mostProjects)),
    `at most ${mostProjects} projects are checked`,
    'Audit a sub-directory on its own.',
  )

const asking = readSources(javascript, { notChecked: () => {} }).filter(
  ({ path, text }) => /^(\s*\/\/.*\n|#!.*\n)*\s*\/\/\s*@ts-check/.test(text) && !seen.has(`${root}/${path}`),
)
if (asking.length > 0)
  check(
    asking.map(({ path }) => `${root}/${path}`),
    ourTypes,
  )

if (configs.length === 0 && asking.length === 0) {
  report.impossible(
    'types',
    'there is neither a tsconfig.json nor a file with // @ts-check',
    'Add a tsconfig.json, for JavaScript with "checkJs".',
  )
} else if (configs.length === 0) {
  report.notChecked(
    'JavaScript without // @ts-check',
    'nothing says what its types are',
    'Add a tsconfig.json with "checkJs", or // @ts-check to the files.',
  )
}
if (missing.size > 0) {
  const reason =
    existsSync('node_modules') || existsSync('../node_modules')
      ? 'not among the installed packages'
      : 'no packages are installed'
  report.notChecked(
    `what is imported from ${listed([...missing].sort(), 8)}`,
    `${reason}, so it was taken as any; ${consequences} messages that follow from that were left out`,
    'Install the dependencies and audit the local path.',
  )
}
report.print()
