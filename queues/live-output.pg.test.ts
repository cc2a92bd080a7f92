/** One contract for live output on Redis and in memory. */
import { Redis } from 'ioredis'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createMemoryLiveOutput, createRedisLiveOutput, type LiveOutput, type OutputChunk } from './live-output.ts'
import { cut, keptOutput } from './output-writer.ts'
import { createRedis } from './redis.ts'
import { testRedis } from './testing.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const key = { runId: 'run', taskIndex: 3, epoch: 2 }

async function onRedis(shared?: { url: string; prefix: string }): Promise<LiveOutput> {
  const { url, prefix } = shared ?? (await testRedis())
  const redis = createRedis(url, { prefix })
  const output = createRedisLiveOutput(redis)
  closers.push(() => redis.close(), output.close)
  await vi.waitFor(() => expect(output.state().up).toBe(true))
  return output
}

async function collect(
  output: LiveOutput,
  after?: number,
  until: (chunk: OutputChunk) => boolean = () => false,
): Promise<OutputChunk[]> {
  const chunks: OutputChunk[] = []
  for await (const chunk of output.follow(key, after)) {
    chunks.push(chunk)
    if (until(chunk)) break
  }
  return chunks
}

const textOf = (chunks: readonly OutputChunk[]) => chunks.map(chunk => chunk.text).join('')

describe.each([
  ['on Redis', onRedis],
  ['in memory', async () => createMemoryLiveOutput()],
])('live output %s', (_, create) => {
  test('reaches whoever follows, in order, to its end, and a later joiner as well', async () => {
    const output = await create()
    const early = collect(output)
    output.write(key, 'one ')
    output.write(key, 'two ')
    await new Promise(resolve => setTimeout(resolve, 120))
    output.write(key, 'three')
    await output.end(key)
    const late = await collect(output)
    for (const chunks of [await early, late]) {
      expect(textOf(chunks)).toBe('one two three')
      expect(chunks.at(-1)).toEqual({ epoch: 2, offset: 13, text: '', end: true })
    }
  })

  test('goes on from an offset, also from the middle of a piece', async () => {
    const output = await create()
    output.write(key, 'abcdef')
    await output.end(key)
    expect(await collect(output, 4)).toEqual([
      { epoch: 2, offset: 4, text: 'ef', end: false },
      { epoch: 2, offset: 6, text: '', end: true },
    ])
    expect(await collect(output, 6)).toEqual([{ epoch: 2, offset: 6, text: '', end: true }])
  })

  test('keeps epochs apart, and ends one that wrote nothing', async () => {
    const output = await create()
    output.write({ ...key, epoch: 1 }, 'dead')
    await output.end({ ...key, epoch: 1 })
    await output.end(key)
    expect(await collect(output)).toEqual([{ epoch: 2, offset: 0, text: '', end: true }])
  })

  test('keeps the newest 256 Ki of a flood, with true offsets', async () => {
    const output = await create()
    const line = '0123456789abcde\n'
    for (let mebibyte = 0; mebibyte < 3; mebibyte++) {
      output.write(key, line.repeat(20_000))
      await new Promise(resolve => setTimeout(resolve, 70))
    }
    await output.end(key)
    const chunks = await collect(output)
    const total = line.length * 60_000
    expect(chunks.at(-1)?.offset).toBe(total)
    expect(textOf(chunks).length).toBeGreaterThanOrEqual(keptOutput)
    expect(textOf(chunks).length).toBeLessThan(keptOutput + 20_000)
    const [first] = chunks
    expect(first?.offset).toBe(total - textOf(chunks).length)
    expect(textOf(chunks)).toBe(line.repeat(60_000).slice(first?.offset))
  })

  test('carries every character whole', async () => {
    const output = await create()
    const text = 'x'.repeat(16 * 1024 - 1) + '🪐'.repeat(9_000)
    output.write(key, text)
    await output.end(key)
    expect(textOf(await collect(output))).toBe(text)
  })

  test('a follower who leaves is gone at once', async () => {
    const output = await create()
    const stream = output.follow(key)
    const waiting = stream.next()
    await new Promise(resolve => setTimeout(resolve, 10))
    await stream.return?.()
    expect(await waiting).toEqual({ done: true, value: undefined })
  })
})

describe('on Redis', () => {
  test('output crosses processes and expires', async () => {
    const shared = await testRedis()
    const [writer, reader] = [await onRedis(shared), await onRedis(shared)]
    const seen = collect(reader)
    await new Promise(resolve => setTimeout(resolve, 50))
    const before = performance.now()
    writer.write(key, 'hello')
    await writer.end(key)
    expect(textOf(await seen)).toBe('hello')
    // Woken, rather than looked for every two seconds.
    expect(performance.now() - before).toBeLessThan(1_000)
    const admin = new Redis(shared.url)
    closers.push(() => admin.disconnect())
    expect(await admin.pttl(`${shared.prefix}:output:run-3-2`)).toBeGreaterThan(3_500_000)
  })

  test('what was kept is gone after a flush; what comes goes on at its offset', async () => {
    const shared = await testRedis()
    const output = await onRedis(shared)
    output.write(key, 'before ')
    await new Promise(resolve => setTimeout(resolve, 100))
    const admin = new Redis(shared.url)
    closers.push(() => admin.disconnect())
    await admin.flushdb()
    output.write(key, 'after')
    await output.end(key)
    expect(await collect(output)).toEqual([
      { epoch: 2, offset: 7, text: 'after', end: false },
      { epoch: 2, offset: 12, text: '', end: true },
    ])
  })

  test('a Redis that is away swallows output and nothing else', async () => {
    const redis = createRedis('redis://127.0.0.1:9')
    const output = createRedisLiveOutput(redis)
    closers.push(() => redis.close())
    output.write(key, 'lost')
    await output.end(key)
    await vi.waitFor(() => expect(output.state().reason).toContain('ECONNREFUSED'))
    const stream = output.follow(key)
    const waiting = stream.next()
    await stream.return?.()
    expect((await waiting).done).toBe(true)
    await output.close()
  })
})

test('a piece is never cut within a character', () => {
  const pieces = cut(`${'a'.repeat(16_383)}🪐b`)
  expect(pieces.map(piece => piece.length)).toEqual([16_383, 3])
  expect(pieces.every(piece => piece.isWellFormed())).toBe(true)
})
