/** What the caller outside wants, and how long it may take. */
import { readFileSync } from 'node:fs'
import { listed } from './files.mjs'

/** JSON on stdin; an empty object where there is none. */
export function readOptions() {
  const text = readFileSync(0, 'utf8')
  return text === '' ? {} : JSON.parse(text)
}

/**
 * Visits files one by one until the time is used up, so that a slow file costs those after it and not the whole
 * analysis. A file on which a tool throws is told as not checked.
 * @param {number} milliseconds
 * @param {{ path: string, text: string }[]} sources
 */
export function eachWithin(milliseconds, sources, report, visit) {
  const end = performance.now() + milliseconds
  const failures = []
  let visited = 0
  for (const source of sources) {
    if (performance.now() > end) break
    visited += 1
    try {
      visit(source)
    } catch (error) {
      failures.push(source.path)
      if (failures.length <= 10)
        report.notChecked(source.path, `the tool failed on it: ${String(error?.message).split('\n')[0].slice(0, 200)}`)
    }
  }
  if (failures.length > 10) report.notChecked(`${failures.length - 10} more files`, 'the tool failed on them')
  const rest = sources.slice(visited).map(source => source.path)
  if (rest.length > 0)
    report.notChecked(
      listed(rest),
      `the ${milliseconds / 1_000} s for them were used up`,
      'Audit a sub-directory on its own.',
    )
  report.examined(visited - failures.length)
}
