/** The compiler's diagnostics as findings, without those that only say that a package is not installed. */
import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import ts from 'typescript'
import { listed } from './walk.mjs'

/** Modules that are not there: whether that is a fault of the code or of what is installed is not for types to say. */
const missingModule = new Set([2307, 2792, 7016, 2875])
/** Types of the surroundings that are not there: `node`, `jest`. */
const missingTypes = new Set([2688, 2580, 2591, 2582, 2593])
/** What follows from a module without types: everything of it is `any`. */
const impliedByMissing = new Set([7005, 7006, 7031, 7034, 2571, 18046])

/**
 * @param {string} root of the repository
 * @param {import('./report.mjs').Report} report
 */
export function createFaults(root, report) {
  const told = new Set()
  const missing = new Set()
  let implied = 0

  /** @param {ts.Diagnostic} diagnostic */
  function isMissing({ code, messageText }) {
    if (!missingModule.has(code) && !missingTypes.has(code)) return false
    const name = /'([^']+)'/.exec(ts.flattenDiagnosticMessageText(messageText, '\n'))?.[1] ?? ''
    // A file of the repository that is not there is a fault of the repository.
    if (missingModule.has(code) && /^[./#]/.test(name)) return false
    missing.add(name)
    return true
  }

  /**
   * @param {ts.Diagnostic} diagnostic
   * @param {string} configPath
   */
  function tell({ file, start, length = 0, code, category, messageText }, configPath) {
    if (category !== ts.DiagnosticCategory.Error && category !== ts.DiagnosticCategory.Warning) return
    const path = pathWithin(root, file?.fileName ?? configPath)
    const key = `${path}:${start}:${code}`
    if (told.has(key)) return
    told.add(key)
    const begin = file === undefined || start === undefined ? null : file.getLineAndCharacterOfPosition(start)
    const end = file === undefined || start === undefined ? null : file.getLineAndCharacterOfPosition(start + length)
    report.add({
      rule: `TS${code}`,
      message: ts.flattenDiagnosticMessageText(messageText, '\n'),
      severity: file === undefined ? 'warning' : 'error',
      file: path,
      line: begin === null ? null : begin.line + 1,
      column: begin === null ? null : begin.character + 1,
      endLine: end === null ? null : end.line + 1,
    })
  }

  return {
    /**
     * Adds what a project has; `configPath` is where faults without a place belong.
     * @param {readonly ts.Diagnostic[]} diagnostics
     * @param {string} configPath
     */
    add: (diagnostics, configPath) => {
      const present = diagnostics.filter(diagnostic => !isMissing(diagnostic))
      for (const diagnostic of present) {
        if (missing.size > 0 && impliedByMissing.has(diagnostic.code)) implied += 1
        else tell(diagnostic, configPath)
      }
    },
    tellMissing: () => {
      if (missing.size === 0) return
      const installed = existsSync('node_modules') || existsSync('../node_modules')
      report.notChecked(
        `what is imported from ${listed([...missing].sort(), 8)}`,
        `${installed ? 'not among the installed packages' : 'no packages are installed'}, so it was taken as any; ${implied} messages that follow from that were left out`,
        'Install the dependencies and audit the local path.',
      )
    },
  }
}

/**
 * The path of a file as the repository has it; null for files outside of it.
 * @param {string} root
 * @param {string} fileName
 */
export function pathWithin(root, fileName) {
  const path = relative(root, fileName)
  return path === '' || path.startsWith('..') || path.startsWith('/') ? null : path
}
