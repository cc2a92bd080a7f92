import assert from 'node:assert/strict'
import { test } from 'node:test'
import { intersection, intersects } from '/work/repo/src/range.ts'

test('they touch above', () => assert.equal(intersects({ from: 1, to: 7 }, { from: 7, to: 9 }), true))
test('they touch below', () => assert.deepEqual(intersection({ from: 7, to: 9 }, { from: 1, to: 7 }), { from: 7, to: 7 }))
test('they lie apart', () => assert.equal(intersection({ from: 1, to: 6 }, { from: 7, to: 9 }), null))
