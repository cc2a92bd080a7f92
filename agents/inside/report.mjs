/**
 * What an analysis says, gathered inside the sandbox and printed once as JSON on stdout. Nothing of the audited repository
 * is executed by an analysis, so that stdout is ours alone; it is parsed and bounded again outside all the same.
 *
 * @typedef {{ rule: string, message: string, severity: 'error' | 'warning' | 'info', file: string | null, line?: number | null | undefined,
 *   column?: number | null | undefined, endLine?: number | null | undefined, related?: { file: string, line: number | null }[] }} Finding
 */
import { writeSync } from 'node:fs'

/** More findings than this help nobody; the rest is counted. */
const mostFindings = 1_000
const weight = { error: 0, warning: 1, info: 2 }

/** @typedef {ReturnType<typeof createReport>} Report */

export function createReport() {
  /** @type {{ name: string, version: string }[]} */
  const tools = []
  /** @type {Finding[]} */
  const findings = []
  /** @type {{ what: string, why: string, mend: string }[]} */
  const notChecked = []
  /** @type {Record<string, number>} */
  const metrics = {}
  let filesExamined = 0
  let checked = true
  return {
    /** Names a tool that takes part, with its version. */
    tool: (/** @type {string} */ name, /** @type {string} */ version) => {
      tools.push({ name, version })
    },
    add: (/** @type {Finding} */ finding) => {
      findings.push({ ...finding, message: finding.message.slice(0, 2_000) })
    },
    notChecked: (/** @type {string} */ what, /** @type {string} */ why, mend = '') => {
      notChecked.push({ what, why, mend })
    },
    /** The analysis could not be made at all: its findings, if there are any, say nothing. */
    impossible: (/** @type {string} */ what, /** @type {string} */ why, mend = '') => {
      checked = false
      notChecked.push({ what, why, mend })
    },
    metric: (/** @type {string} */ name, /** @type {number} */ value) => {
      metrics[name] = value
    },
    /** Adds to the number of files that were examined. */
    examined: (/** @type {number} */ count) => {
      filesExamined += count
    },
    examinedCount: () => filesExamined,
    print: () => {
      const sorted = findings.toSorted((left, right) => weight[left.severity] - weight[right.severity])
      const kept = sorted.slice(0, mostFindings)
      const tool = {
        name: tools.map(({ name }) => name).join(', '),
        version: tools.map(({ version }) => version).join(', '),
      }
      const report = {
        tool,
        checked,
        filesExamined,
        findings: kept,
        omitted: sorted.length - kept.length,
        metrics,
        notChecked,
      }
      writeAll(JSON.stringify(report))
    },
  }
}

/**
 * Writes to a pipe until all is written, so that the process may end right after it.
 * @param {string} text
 */
export function writeAll(text) {
  let bytes = new TextEncoder().encode(text)
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(1, bytes))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
    }
  }
}
