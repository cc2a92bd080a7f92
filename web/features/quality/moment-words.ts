/** The words at the marks of an axis of time: as fine as the marks are close, and none twice in a row. */
import { formatClock } from '../../lib/format.ts'

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

/**
 * Marks of a day or more apart are named by the day. Of closer ones the first of each day bears its name where they reach
 * over several, and the others the time. Seconds since 1970, ascending.
 */
export function momentWords(marks: readonly number[]): string[] {
  const [first = 0, second = first] = marks
  const step = second - first
  const days = marks.map(at => day.format(at * 1_000))
  const severalDays = new Set(days).size > 1
  const words = marks.map((at, index) => {
    if (step >= 86_400 || (severalDays && days[index] !== days[index - 1])) return days[index] ?? ''
    const clock = formatClock(at * 1_000)
    return step < 60 ? clock : clock.slice(0, 5)
  })
  return words.map((word, index) => (word === words[index - 1] ? '' : word))
}
