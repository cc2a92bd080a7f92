import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { refusal } from '/work/repo/src/refusal.ts'

const user = { active: true, age: 18, country: 'FR', verified: true }
test('each reason', () => {
  const given = [user, { ...user, verified: false }, { ...user, country: 'US' }, { ...user, age: 17 }, { ...user, active: false }, null]
  assert.deepEqual(given.map(refusal), [null, 'not verified', 'country', 'too young', 'inactive', 'unknown'])
})
test('the first reason counts', () => {
  assert.equal(refusal({ active: false, age: 3, country: 'US', verified: false }), 'inactive')
  assert.equal(refusal({ active: true, age: 3, country: 'US', verified: false }), 'too young')
})
test('it is flat', () => {
  const text = readFileSync('/work/repo/src/refusal.ts', 'utf8')
  assert.doesNotMatch(text, /\belse\b/)
  assert.doesNotMatch(text, /^ {6}/m)
})
