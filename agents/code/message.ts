/** What a commit says: a subject, a body, and where it came from as trailers that `git interpret-trailers` reads. */
import { cleanText } from '../../domain/run/clean.ts'

export type Trailers = Readonly<Record<string, string>>

const longestSubject = 72
const longestBody = 4_000

/** A message whose last paragraph is nothing but trailers: text that pretends to be one stands before it, and is indented. */
export function commitMessage(message: string, trailers: Trailers): string {
  const [first = '', ...rest] = cleanText(message).trim().split('\n')
  const subject = shortened(first.trim()) || 'Change'
  const overflow = first.trim().slice(subject.length).trim()
  const body = [overflow === '' ? '' : `… ${overflow}`, ...rest].join('\n').trim().slice(0, longestBody)
  const told = body.replace(/^(?=[A-Za-z-]+: )/gm, line => ` ${line}`)
  const lines = Object.entries(trailers).map(
    ([name, value]) => `${name}: ${cleanText(value).replace(/\s+/g, ' ').slice(0, 200)}`,
  )
  return `${[subject, told, lines.join('\n')].filter(part => part !== '').join('\n\n')}\n`
}

/** Whole words, as many as fit. */
function shortened(line: string): string {
  if (line.length <= longestSubject) return line
  const cut = line.lastIndexOf(' ', longestSubject)
  return line.slice(0, cut > longestSubject / 2 ? cut : longestSubject).trim()
}

/** One message for a change that was committed in several: the last subject leads, all of them follow. */
export function joinedMessage(messages: readonly string[]): string {
  const last = messages.at(-1) ?? ''
  if (messages.length < 2) return last
  const subjects = messages.map(message => `- ${message.trim().split('\n')[0]}`)
  return `${last.trim()}\n\n${subjects.join('\n')}`
}
