/**
 * Files that are nested so deeply that a parser runs out of stack. One of them ends a whole tool, so each is emptied (the
 * tree is a copy, made for this analysis) and told as not checked.
 */
import { writeFileSync } from 'node:fs'
import ts from 'typescript'
import { javascript, readSources, typescript } from './files.mjs'
import { workspaceTree } from './walk.mjs'

/**
 * Whether there were any.
 * @param {Pick<import('./report.mjs').Report, 'notChecked'>} report
 */
export function emptyUnparsable(report) {
  if (process.cwd() !== workspaceTree) return false
  const sources = readSources([...javascript, ...typescript], { notChecked: () => {} })
  const deep = sources.filter(({ path, text }) => !parses(path, text))
  for (const { path } of deep) {
    writeFileSync(path, '')
    report.notChecked(path, 'it is nested too deeply for a parser', 'Keep generated files out of the repository.')
  }
  return deep.length > 0
}

/**
 * @param {string} path
 * @param {string} text
 */
function parses(path, text) {
  try {
    ts.createSourceFile(path, text, ts.ScriptTarget.Latest)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
