/**
 * Gives each record to the steps in their order. Nothing is kept: memory does not grow with the input.
 * @param {AsyncIterable<{ line: number, record: import('./steps.mjs').Row }>} records
 * @param {readonly import('./steps.mjs').Step[]} steps
 * @param {{ accept: (row: import('./steps.mjs').Row) => unknown, reject: (line: number, reason: string) => unknown }} sink
 */
export async function runPipeline(records, steps, { accept, reject }) {
  const counts = { accepted: 0, rejected: 0 }
  for await (const { line, record } of records) {
    const result = attempt(steps, record)
    if ('reason' in result) {
      counts.rejected += 1
      await reject(line, result.reason)
    } else {
      counts.accepted += 1
      await accept(result.row)
    }
  }
  return counts
}

/**
 * @param {readonly import('./steps.mjs').Step[]} steps
 * @param {import('./steps.mjs').Row} record
 */
function attempt(steps, record) {
  try {
    return { row: steps.reduce((row, step) => step(row), record) }
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) }
  }
}
