import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { testRedis } from './testing.ts'

test('two databases know nothing of each other, and a released one is empty', async () => {
  const [one, two] = [await testRedis(), await testRedis()]
  const [first, second] = [new Redis(one.url), new Redis(two.url)]
  await first.set('only', 'here')
  expect(await second.get('only')).toBeNull()
  expect(one.prefix).not.toBe(two.prefix)
  await one.release()
  expect(await first.get('only')).toBeNull()
  first.disconnect()
  second.disconnect()
})
