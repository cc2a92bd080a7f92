/** A longer line is cut: one line of a megabyte would stop the page. */
export const shownColumns = 2_000

const escapes = /\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g

/** The lines of a terminal's text: without colours, and of a line that was overwritten (`\r`) what stood there last. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.map(line => {
    const bare = line.replace(/\r$/, '')
    const last = bare.slice(bare.lastIndexOf('\r') + 1).replace(escapes, '')
    return last.length > shownColumns ? `${last.slice(0, shownColumns)} … ${last.length - shownColumns} more` : last
  })
}
