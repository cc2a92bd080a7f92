/** A question to a person, as lines. Pure. */
import { cleanText } from '../../domain/run/clean.ts'
import { oneLine } from '../format.ts'
import { cut, type Style } from '../style.ts'

type Question = { title: string; body: string; dueAt: number | null; quorum: number }
type Screen = { width: number; style: Style }

/** More is read on the page of the run. */
const shownLines = 30

export function renderQuestion({ title, body, dueAt, quorum }: Question, { width, style }: Screen): string[] {
  const lines = cleanText(body)
    .split('\n')
    .flatMap(line => wrapped(line.trimEnd(), width - 4))
  const left = lines.length - shownLines
  return [
    '',
    `${style.yellow('?')} ${style.bold(cut(oneLine(title), width - 2))}`,
    ...lines.slice(0, shownLines).map(line => (line === '' ? '' : `    ${line}`)),
    ...(left > 0 ? [style.dim(`    … ${left} more lines on the page of the run`)] : []),
    ...(quorum > 1 ? [style.dim(`    It takes ${quorum} people.`)] : []),
    ...(dueAt === null
      ? []
      : [style.dim(`    Until ${new Date(dueAt).toISOString().slice(0, 16).replace('T', ' ')} UTC.`)]),
  ]
}

/** Broken between words, so that every line fits. */
export function wrapped(text: string, columns: number): string[] {
  if (text.length <= columns) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > columns) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map(one => cut(one, columns))
}
