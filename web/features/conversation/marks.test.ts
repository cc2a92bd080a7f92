import { expect, test } from 'vitest'
import { withNumbers } from './marks.ts'

const run = `run_${'a'.repeat(32)}`
const link = (seq: number) => ({ runId: run, seq, type: 'TaskFailed', title: 'Audit' })

test('marks become the numbers of their events, the same event the same number', () => {
  const links = Array.from({ length: 12 }, (_, index) => link(index + 1))
  expect(withNumbers(`It failed [${run}#12], then ended[${run}#1]. Again [${run}#12]`, links)).toBe(
    'It failed ¹², then ended ¹. Again ¹²',
  )
})

test('a mark without an event stays what it is', () => {
  const text = `Nothing [${run}#99] and [run_short#1] and [link](x)`
  expect(withNumbers(text, [link(1)])).toBe(text)
})
