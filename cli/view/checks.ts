/** Checks as a list: what was looked at, what was seen, and under what is amiss how to mend it, never cut short. Pure. */
import { oneLine } from '../format.ts'
import { cut, padEnd, type Style, widthOf } from '../style.ts'

export type Check = { name: string; state: 'ok' | 'note' | 'bad'; seen: string; mend: string }

const signs = { ok: ['✔', 'green'], note: ['–', 'yellow'], bad: ['✖', 'red'] } as const

export function renderChecks(
  title: string,
  checks: readonly Check[],
  { width, style }: { width: number; style: Style },
): string[] {
  const column = Math.max(0, ...checks.map(check => widthOf(check.name)))
  const room = width - column - 6
  const margin = ' '.repeat(column + 6)
  return [
    style.bold(title),
    ...checks.flatMap(({ name, state, seen, mend }) => {
      const [sign, colour] = signs[state]
      const head = `  ${style[colour](sign)} ${padEnd(name, column)}  `
      if (state === 'ok') return [`${head}${style.dim(cut(oneLine(seen), room))}`]
      const [first = '', ...more] = [...wrap(seen, room), ...(mend === '' ? [] : wrap(`→ ${mend}`, room))]
      return [`${head}${first}`, ...more.map(text => `${margin}${text}`)]
    }),
  ]
}

/** Lines of at most `columns`, broken between words. */
function wrap(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of oneLine(text).split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > columns) {
      lines.push(line)
      line = `  ${word}`
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}
