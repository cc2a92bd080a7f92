import { expect, test } from 'vitest'
import { createStyle } from '../style.ts'
import { renderQuestion } from './question.ts'

const style = createStyle(false)
const question = { title: 'Put it on a branch?', body: '', dueAt: null, quorum: 1 }

test('a question is its title and what one needs to know, within the width of the screen', () => {
  const body = `The tests pass, and nobody found anything.\n\n- src/a.ts\x1b[31m\n${'x'.repeat(60)}`
  const lines = renderQuestion({ ...question, body }, { width: 30, style })
  expect(lines.slice(0, 6)).toEqual([
    '',
    '? Put it on a branch?',
    '    The tests pass, and nobody',
    '    found anything.',
    '',
    expect.stringMatching(/^ {4}- src\/a\.ts/),
  ])
  expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(30)
  expect(lines.join('')).not.toContain('\x1b')
})

test('a long one is cut, and the rest is said to be elsewhere', () => {
  const body = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n')
  expect(renderQuestion({ ...question, body }, { width: 80, style }).at(-1)).toBe(
    '    … 10 more lines on the page of the run',
  )
})

test('how many it takes and until when', () => {
  const lines = renderQuestion({ ...question, quorum: 2, dueAt: Date.UTC(2026, 0, 2, 3, 4) }, { width: 80, style })
  expect(lines.slice(-2)).toEqual(['    It takes 2 people.', '    Until 2026-01-02 03:04 UTC.'])
})
