/** Marks such as `[run_0199…#17]` in an answer, as numbers of the events below it. */
export type Link = { runId: string; seq: number; type: string; title: string }

const superscript = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const raised = (number: number): string =>
  String(number)
    .split('')
    .map(digit => superscript[Number(digit)])
    .join('')

/** A mark whose event was not looked up stays as it was written: it rests on nothing. */
export function withNumbers(text: string, links: readonly Link[]): string {
  return text.replace(/ ?\[(run_[0-9a-f]{32})#(\d{1,9})\]/g, (mark: string, runId: string, seq: string) => {
    const index = links.findIndex(link => link.runId === runId && link.seq === Number(seq))
    return index === -1 ? mark : ` ${raised(index + 1)}`
  })
}
