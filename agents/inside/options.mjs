/** What the caller outside wants, and how long it may take. */
import { readFileSync } from 'node:fs'
import { listed } from './walk.mjs'

/** JSON on stdin; an empty object where there is none. The caller is Orrery: it is not looked at again. */
export function readOptions() {
  const text = readFileSync(0, 'utf8')
  return text === '' ? {} : JSON.parse(text)
}

/**
 * Visits files one by one until the CPU time for them is used up, so that a slow file costs those after it and not the
 * whole analysis. A file on which a tool throws is told as not checked.
 * @template {import('./files.mjs').Source} S
 * @param {number} seconds
 * @param {readonly S[]} sources
 * @param {import('./report.mjs').Report} report
 * @param {(source: S) => void | Promise<void>} visit
 */
export async function eachWithin(seconds, sources, report, visit) {
  const end = cpuSeconds() + seconds
  let failed = 0
  let visited = 0
  for (const source of sources) {
    if (cpuSeconds() > end) break
    visited += 1
    try {
      await visit(source)
    } catch (error) {
      failed += 1
      const why = String(error instanceof Error ? error.message : error)
        .split('\n')[0]
        ?.slice(0, 200)
      if (failed <= 10) report.notChecked(source.path, `the tool failed on it: ${why}`)
    }
  }
  if (failed > 10) report.notChecked(`${failed - 10} more files`, 'the tool failed on them')
  const rest = sources.slice(visited).map(source => source.path)
  if (rest.length > 0)
    report.notChecked(
      listed(rest),
      `the ${seconds} s of CPU time for all files were used up`,
      'Audit a sub-directory on its own.',
    )
  report.examined(visited - failed)
}

/** CPU time rather than a clock: how much is examined shall not depend on what else the machine does. */
function cpuSeconds() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}
