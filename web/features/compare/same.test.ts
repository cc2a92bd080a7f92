import { expect, test } from 'vitest'
import { sameCount, sameMoney, sameScore, sameTime } from './same.ts'

const second = 1_000
const cent = 10_000

test.each([
  ['a third of a second', sameTime(4 * second, 4.3 * second), true],
  ['a second more of four', sameTime(4 * second, 5 * second), false],
  ['two seconds of a minute', sameTime(60 * second, 62 * second), true],
  ['ten seconds of a minute', sameTime(60 * second, 70 * second), false],
  ['fractions of a cent', sameMoney(0, 0.04 * cent), true],
  ['a cent', sameMoney(0, cent), false],
  ['three cents of a dollar', sameMoney(100 * cent, 97 * cent), true],
  ['ten cents of a dollar', sameMoney(100 * cent, 90 * cent), false],
  ['what is rounded away', sameScore(0.914, 0.917), true],
  ['two hundredths', sameScore(0.91, 0.93), false],
  ['one more failure', sameCount(0, 1), false],
])('%s', (_, same, expected) => expect(same).toBe(expected))
