import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEmitter } from '/work/repo/src/emitter.ts'

test('once', () => {
  const heard = []
  const emitter = createEmitter()
  emitter.once('a', value => heard.push(value))
  assert.deepEqual([emitter.emit('a', 5), emitter.emit('a', 6), heard], [1, 0, [5]])
})
test('stopped before', () => {
  const heard = []
  const emitter = createEmitter()
  emitter.once('a', value => heard.push(value))()
  emitter.emit('a', 5)
  assert.deepEqual(heard, [])
})
test('beside others', () => {
  const heard = []
  const emitter = createEmitter()
  emitter.once('a', () => heard.push('once'))
  emitter.on('a', () => heard.push('on'))
  assert.deepEqual([emitter.emit('a', 0), emitter.emit('a', 0), heard], [2, 1, ['once', 'on', 'on']])
})
