/** What is decided before the first call. */
import { expect, test } from 'vitest'
import type { Json } from '../../domain/json.ts'
import { saying, scriptedTask } from '../loop/testing.ts'
import { codeGenerator } from '../roles/code-generator.ts'
import { createConsensus } from './consensus.ts'

const source = { tree: 'a'.repeat(64), commit: null, packages: [] }

async function perform(input: Json, remainingMicros: number) {
  const task = scriptedTask({ sandbox: null as never, script: () => saying(''), input })
  const affords = async () => ({ neededMicros: 1_000, remainingMicros })
  const result = await createConsensus([codeGenerator], null as never).run({ ...task.context, affords })
  return { result, asked: task.asked }
}

test('a budget that does not bear all candidates and judges is refused before anything is asked', async () => {
  const { result, asked } = await perform({ role: 'code-generator', objective: 'Do it.', source }, 999)
  expect(result).toMatchObject({
    ok: false,
    failure: { code: 'BUDGET_EXCEEDED', message: expect.stringMatching(/\$0\.001.*are left/) },
  })
  expect(asked).toEqual([])
})

test('a role that is not there, or changes nothing, is refused by name', async () => {
  const { result } = await perform({ role: 'reviewer', objective: 'Do it.', source }, 999)
  expect(result).toMatchObject({
    ok: false,
    failure: {
      code: 'BAD_INPUT',
      message: expect.stringMatching(/reviewer/),
      hint: expect.stringMatching(/code-generator/),
    },
  })
})
