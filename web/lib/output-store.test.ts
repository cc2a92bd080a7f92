import { expect, test } from 'vitest'
import { append, createOutputStore, keptOutput, noOutput, type OutputChunk, type OutputFeed } from './output-store.ts'

const chunk = (offset: number, text: string, epoch = 1): OutputChunk => ({ epoch, offset, text, end: false })
const all = (...chunks: OutputChunk[]) => chunks.reduce(append, noOutput)

test('pieces follow one another', () => {
  expect(all(chunk(0, 'one '), chunk(4, 'two'))).toEqual({ epoch: 1, text: 'one two', missing: 0, ended: false })
})

test('what a reconnect repeats is taken once, whole or in part', () => {
  expect(all(chunk(0, 'one two'), chunk(0, 'one two three')).text).toBe('one two three')
  expect(all(chunk(0, 'one two'), chunk(4, 'two')).text).toBe('one two')
})

test('a late joiner is told how much it missed', () => {
  expect(all(chunk(1_000, 'now'))).toMatchObject({ text: 'now', missing: 1_000 })
})

test('where something was dropped in between, what is shown begins behind the gap', () => {
  expect(all(chunk(0, 'early'), chunk(50, 'late'))).toMatchObject({ text: 'late', missing: 50 })
})

test('a newer claim supersedes the dead one, and not the other way round', () => {
  expect(all(chunk(0, 'dead', 1), chunk(0, 'alive', 2), chunk(4, 'ghost', 1))).toMatchObject({
    epoch: 2,
    text: 'alive',
  })
})

test('the newest part is kept, within the bound', () => {
  const full = all(chunk(0, 'a'.repeat(keptOutput)), chunk(keptOutput, 'bcd'))
  expect(full.text).toHaveLength(keptOutput)
  expect(full.text.endsWith('abcd')).toBe(true)
  expect(full.missing).toBe(3)
})

test('is flushed once a frame, and followed only while somebody looks', () => {
  const frames: (() => void)[] = []
  let sink: Parameters<OutputFeed>[0] | null = null
  let closed = 0
  const store = createOutputStore(
    given => {
      sink = given
      return () => {
        closed += 1
      }
    },
    task => {
      frames.push(task)
      return () => {}
    },
  )
  expect(sink).toBeNull()
  const stop = store.subscribe(() => {})
  const chunks = (sink as Parameters<OutputFeed>[0] | null)?.chunk
  chunks?.(chunk(0, 'one '))
  chunks?.(chunk(4, 'two'))
  expect([frames.length, store.get().text]).toEqual([1, ''])
  for (const frame of frames) frame()
  expect(store.get().text).toBe('one two')
  stop()
  expect(closed).toBe(1)
})
