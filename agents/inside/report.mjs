/**
 * What an analysis says, gathered inside the sandbox and printed once as JSON on stdout. Nothing of the audited repository
 * is executed by an analysis, so that stdout is ours alone; it is parsed and bounded again outside all the same.
 *
 * @typedef {{ rule: string, message: string, severity: 'error' | 'warning' | 'info', file: string | null, line?: number | null,
 *   column?: number | null, endLine?: number | null, related?: { file: string, line: number | null }[] }} Finding
 */
import { writeSync } from 'node:fs'

/** More findings than this help nobody; the rest is counted. */
const mostFindings = 1_000
const weight = { error: 0, warning: 1, info: 2 }

export function createReport() {
  const tools = []
  const findings = /** @type {Finding[]} */ ([])
  const notChecked = []
  const metrics = {}
  let filesExamined = 0
  let checked = true
  return {
    /** Names a tool that takes part, with its version. */
    tool: (name, version) => {
      tools.push({ name, version })
    },
    /** @param {Finding} finding */
    add: finding => {
      findings.push({ ...finding, message: finding.message.slice(0, 2_000) })
    },
    notChecked: (what, why, mend = '') => {
      notChecked.push({ what, why, mend })
    },
    /** The analysis could not be made at all: its findings, if there are any, say nothing. */
    impossible: (what, why, mend = '') => {
      checked = false
      notChecked.push({ what, why, mend })
    },
    metric: (name, value) => {
      metrics[name] = value
    },
    examined: count => {
      filesExamined += count
    },
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

/** Writes to a pipe until all is written, so that the process may end right after it. */
export function writeAll(text) {
  let bytes = Buffer.from(text)
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(1, bytes))
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error
    }
  }
}

/** A line of progress for people. */
export function say(text) {
  process.stderr.write(`${text}\n`)
}
