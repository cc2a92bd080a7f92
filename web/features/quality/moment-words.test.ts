import { expect, test } from 'vitest'
import { formatClock } from '../../lib/format.ts'
import { momentWords } from './moment-words.ts'

const noon = new Date(2026, 10, 21, 12).getTime() / 1_000
const marks = (step: number, count = 5) => Array.from({ length: count }, (_, index) => noon + index * step)

test('no two marks beside each other say the same', () => {
  for (const step of [0.25, 1, 15, 30, 60, 300, 3_600, 21_600, 43_200, 86_400, 604_800]) {
    const words = momentWords(marks(step)).filter(word => word !== '')
    expect(words.length, `${step}`).toBeGreaterThan(1)
    words.forEach((word, index) => {
      expect(word, `${step}`).not.toBe(words[index - 1])
    })
  }
})

test('they are as fine as the marks are close', () => {
  expect(momentWords(marks(15, 2))).toEqual([formatClock(noon * 1_000), formatClock((noon + 15) * 1_000)])
  expect(momentWords(marks(300, 3))).toEqual(['12:00', '12:05', '12:10'])
  expect(momentWords(marks(21_600))).toEqual(['21 Nov', '18:00', '22 Nov', '06:00', '12:00'])
  expect(momentWords(marks(86_400, 3))).toEqual(['21 Nov', '22 Nov', '23 Nov'])
  expect(momentWords([])).toEqual([])
})
