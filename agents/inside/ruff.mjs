/** Ruff, compiled to WebAssembly: needs no Python. The audited repository's own configuration is not read. */
import { createRequire } from 'node:module'
import { setFlagsFromString } from 'node:v8'

// Optimising Ruff takes V8 three seconds of CPU, and a whole repository is linted in less than one without that.
setFlagsFromString('--liftoff-only')

const { Workspace, PositionEncoding } = createRequire(import.meta.url)('@astral-sh/ruff-wasm-nodejs')

export const ruffVersion = Workspace.version()

/**
 * @param {string[]} select names of rules and groups
 * @param {object} settings further settings of the lint section
 * @returns {(text: string) => { code: string, message: string, line: number, column: number, endLine: number }[]}
 */
export function createRuff(select, settings = {}) {
  const workspace = new Workspace(
    { 'target-version': 'py313', 'line-length': 320, lint: { select, ...settings } },
    PositionEncoding.Utf16,
  )
  return text =>
    workspace.check(text).map((/** @type {import('@astral-sh/ruff-wasm-nodejs').Diagnostic} */ found) => ({
      code: found.code ?? 'invalid-syntax',
      message: found.message,
      line: found.start_location.row,
      column: found.start_location.column,
      endLine: found.end_location.row,
    }))
}
