import assert from 'node:assert/strict'
import { test } from 'node:test'
import { initial, update } from '../public/state.mjs'

test('adds a note, and none that is empty', () => {
  assert.deepEqual(update(initial, { type: 'add', text: ' a ' }), { notes: ['a'] })
  assert.equal(update(initial, { type: 'add', text: '  ' }), initial)
})

test('removes the note at its place', () => {
  assert.deepEqual(update({ notes: ['a', 'b', 'a'] }, { type: 'remove', index: 0 }), { notes: ['b', 'a'] })
})
