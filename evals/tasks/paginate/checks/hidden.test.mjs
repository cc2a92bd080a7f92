import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paginate } from '/work/repo/src/paginate.js'

test('the first page', () => assert.deepEqual(paginate(['a', 'b', 'c'], 1, 2), { items: ['a', 'b'], more: true }))
test('the last page', () => assert.deepEqual(paginate(['a', 'b', 'c', 'd'], 2, 2), { items: ['c', 'd'], more: false }))
test('a page beyond', () => assert.deepEqual(paginate(['a'], 3, 2), { items: [], more: false }))
