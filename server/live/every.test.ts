import { expect, test } from 'vitest'
import { every } from './every.ts'

test('beats at once and then again and again, until it is left', async () => {
  const beat = every(5)
  for (let count = 0; count < 3; count++) expect(await beat.next()).toEqual({ done: false, value: true })
  await beat.return?.()
  expect(await beat.next()).toEqual({ done: true, value: undefined })
})

test('is left at once, also in the middle of a long pause', async () => {
  const beat = every(1_000_000)
  await beat.next()
  const next = beat.next()
  await beat.return?.()
  expect(await next).toEqual({ done: true, value: undefined })
})
