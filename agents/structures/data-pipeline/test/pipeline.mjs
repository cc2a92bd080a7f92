import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldsOf, readCsv } from '../src/csv.mjs'
import { runPipeline } from '../src/pipeline.mjs'
import { steps } from '../src/steps.mjs'

const run = async lines => {
  const [rows, refused] = [[], []]
  const counts = await runPipeline(readCsv(lines), steps, {
    accept: row => rows.push(row),
    reject: (line, reason) => refused.push([line, reason]),
  })
  return { counts, rows, refused }
}

test('reads quoted fields', () => assert.deepEqual(fieldsOf('a, "b, ""c""" ,'), ['a', 'b, "c"', '']))

test('transforms what is right and refuses what is not, with its line', async () => {
  assert.deepEqual(await run(['id,amount', '1,2.5', '', ',3', '3,x']), {
    counts: { accepted: 1, rejected: 2 },
    rows: [{ id: '1', amount: 2.5 }],
    refused: [
      [4, 'id is missing'],
      [5, 'amount is not a number'],
    ],
  })
})

test('makes nothing of nothing', async () => assert.deepEqual((await run([])).counts, { accepted: 0, rejected: 0 }))
