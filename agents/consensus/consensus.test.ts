/** What is decided without a call: before the first one, and after the last one. */
import { expect, test } from 'vitest'
import type { Vote } from '../../domain/evidence.ts'
import type { Json } from '../../domain/json.ts'
import { saying, scriptedTask } from '../loop/testing.ts'
import { codeGenerator } from '../roles/code-generator.ts'
import { consensusChoose } from './choose.ts'
import type { Field, Made } from './field.ts'
import { consensusOpen } from './open.ts'

const source = { tree: 'a'.repeat(64), commit: null, packages: [] }
const line = { commit: 'c'.repeat(40), hash: 'd'.repeat(64), base: 'e'.repeat(40) }

async function opened(input: Json, remainingMicros: number) {
  const task = scriptedTask({ sandbox: null as never, script: () => saying(''), input })
  const hold = async () => ({ hold: null, neededMicros: 1_000, remainingMicros })
  const result = await consensusOpen([codeGenerator], null as never).run({ ...task.context, hold })
  return { result, asked: task.asked }
}

test('a budget that does not bear all candidates and judges is refused before anything is asked', async () => {
  const { result, asked } = await opened({ role: 'code-generator', objective: 'Do it.', source }, 999)
  expect(result).toMatchObject({
    ok: false,
    failure: { code: 'BUDGET_EXCEEDED', message: expect.stringMatching(/\$0\.001.*are left/) },
  })
  expect(asked).toEqual([])
})

test('a role that is not there, or changes nothing, is refused by name', async () => {
  const { result } = await opened({ role: 'reviewer', objective: 'Do it.', source }, 999)
  expect(result).toMatchObject({
    ok: false,
    failure: {
      code: 'BAD_INPUT',
      message: expect.stringMatching(/reviewer/),
      hint: expect.stringMatching(/code-generator/),
    },
  })
})

const field: Field = {
  ...{ role: 'code-generator', objective: 'Do it.', source, avoid: [], samples: 1, runners: [], timeoutSeconds: null },
  ...{ begun: line, hold: null, known: [], candidates: [{ name: 'A' }, { name: 'B' }], judges: [{ name: 'Judge 1' }] },
}
const lost = (name: string, why: string): Made => ({
  ...{ name, taskIndex: 7, title: '', models: [], line: null, diff: null, tests: null, lost: why },
  ...{ output: null, artifacts: [] },
})

test('where no candidate is left, the failure says why each was lost, and a judgement is kept', async () => {
  const votes: (Vote | null)[] = [null]
  const input = { field, candidates: [lost('A', 'it breaks what passed before: adds'), null], votes } as Json
  const task = scriptedTask({ sandbox: null as never, script: () => saying(''), input })
  const result = await consensusChoose(null as never).run(task.context)
  expect(result).toMatchObject({
    ok: false,
    failure: { message: expect.stringMatching(/A: it breaks .*adds; B: its task came to no result/), retryable: false },
  })
  const [judgement] = result.artifacts ?? []
  expect(JSON.parse(String(judgement?.body))).toMatchObject({
    winner: null,
    candidates: [
      { name: 'A', taskIndex: 7 },
      { name: 'B', taskIndex: null },
    ],
  })
})
