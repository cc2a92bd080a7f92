import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { AnswerField, yesOrNo } from '../domain/approval.ts'
import { createPrompt } from './prompt.ts'
import { createTerminal } from './terminal.ts'
import { recorder } from './testing.ts'

const never = new AbortController().signal
const budget = [
  {
    name: 'choice',
    label: 'What now',
    type: 'choice',
    options: [
      { value: 'raise', label: 'Raise the budget' },
      { value: 'stop', label: 'Stop here' },
    ],
  },
  { name: 'limitMicros', label: 'New budget', type: 'integer', required: false, minimum: 100 },
].map(field => AnswerField.parse(field))

function prompting() {
  const input = new PassThrough()
  const screen = recorder()
  const { err } = createTerminal(screen.stream, screen.stream, {})
  return { input, prompt: createPrompt(input, err), shown: screen.text }
}

/** Types a line once the screen shows the question for it. */
async function type(on: ReturnType<typeof prompting>, question: string, line: string): Promise<void> {
  await expect.poll(on.shown).toContain(question)
  on.input.write(`${line}\n`)
}

test('asks yes or no, and again for what is neither', async () => {
  const on = prompting()
  const asked = on.prompt.ask(yesOrNo, never)
  await type(on, 'Approve? [y/n] ', 'perhaps')
  await type(on, 'Say y or n.', 'n')
  await type(on, 'Reason (Enter leaves it out): ', 'too risky')
  expect(await asked).toEqual({ approve: false, reason: 'too risky' })
})

test('a choice is said by its number, and an optional field is left out', async () => {
  const on = prompting()
  const asked = on.prompt.ask(budget, never)
  await type(on, '1  Raise the budget\n    2  Stop here\n  1 … 2: ', '7')
  await type(on, 'It must be one of raise, stop', '2')
  await type(on, 'New budget (Enter leaves it out): ', '')
  expect(await asked).toEqual({ choice: 'stop' })
})

test('an amount below the least is asked for again', async () => {
  const on = prompting()
  const asked = on.prompt.ask(budget, never)
  await type(on, '1 … 2: ', 'raise')
  await type(on, 'New budget', '5')
  await type(on, 'It must be at least 100', '$1')
  expect(await asked).toEqual({ choice: 'raise', limitMicros: 1_000_000 })
})

test('ends without an answer when somebody else was faster, or the input is over', async () => {
  const on = prompting()
  const faster = new AbortController()
  const asked = on.prompt.ask(yesOrNo, faster.signal)
  faster.abort()
  expect(await asked).toBeNull()
  const again = on.prompt.ask(yesOrNo, never)
  on.input.end()
  expect(await again).toBeNull()
})
