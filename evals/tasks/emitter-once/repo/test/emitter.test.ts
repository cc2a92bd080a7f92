import { expect, test } from 'vitest'
import { createEmitter } from '../src/emitter.ts'

test('listeners hear what is emitted until they stop', () => {
  const heard: unknown[] = []
  const emitter = createEmitter()
  const stop = emitter.on('a', value => heard.push(value))
  emitter.emit('a', 1)
  stop()
  emitter.emit('a', 2)
  expect(heard).toEqual([1])
})
