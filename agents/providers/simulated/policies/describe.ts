/** Papers rather than code: what a simulated model can honestly say about an objective, which is little more than to repeat it in order. */
import type { Json } from '../../../../domain/json.ts'
import type { Conversation } from '../conversation.ts'
import { examplesIn } from '../example-in-text.ts'

type Body = { readonly [key: string]: Json }

const limits = 'A simulated model wrote this: it put the objective into form and understood nothing of it.'

const heading = /^# Your task\n([\s\S]*?)(?=\n+# (?:Notes|Your work came back)|\n+Before you begin:|$(?![\s\S]))/m

/** The objective without what stands around it. */
export const objectiveOf = ({ task }: Conversation): string =>
  (heading.exec(task)?.[1] ?? task).trim().slice(0, 4_000) || 'No objective was given.'

const acceptanceOf = (conversation: Conversation): string[] => {
  const examples = examplesIn(objectiveOf(conversation)).map(({ call, expected }) => `${call} is ${expected}`)
  return examples.length > 0 ? examples : ['All tests of the repository pass.']
}

const firstLine = (text: string): string => (text.split('\n')[0] ?? '').slice(0, 120)

export const specification = (conversation: Conversation): Body => ({
  summary: objectiveOf(conversation),
  requirements: [{ key: 'objective', text: objectiveOf(conversation), acceptance: acceptanceOf(conversation) }],
  assumptions: [limits],
})

export const plan = (conversation: Conversation): Body => ({
  summary: objectiveOf(conversation),
  steps: [
    {
      key: 'change',
      title: firstLine(objectiveOf(conversation)),
      agent: 'code-generator',
      needs: [],
      goal: objectiveOf(conversation),
      acceptance: acceptanceOf(conversation),
    },
  ],
  risks: [limits],
})

export const design = (conversation: Conversation): Body => ({
  summary: objectiveOf(conversation),
  decisions: [
    {
      title: 'Stay with what is there',
      choice: 'The change is made inside the files that exist.',
      why: 'A simulated model cannot weigh designs.',
    },
  ],
  risks: [limits],
})

export const note = (conversation: Conversation): Body => ({
  question: objectiveOf(conversation),
  answer: 'Not known: a simulated model reads no sources and makes no claims.',
  claims: [],
  notFound: [firstLine(objectiveOf(conversation))],
})

/** What it does, whatever the task is. */
export const habits = ['Run the tests and see what fails.', 'Make one small change at a time.', 'Run the tests again.']

/** A check of work: what the tools showed is all that it knows. `wanted` says whether the tests are to pass. */
export function reasoning({ exchanges }: Conversation, wanted: 'passing' | 'any'): Body {
  const tests = exchanges.findLast(({ name }) => name === 'run_tests')
  const seen = tests?.text.match(/\d+ passed, \d+ failed, \d+ skipped/)?.[0]
  const passes = seen !== undefined && / 0 failed/.test(seen)
  return {
    plan: [...habits],
    checks: [
      {
        what: wanted === 'passing' ? 'All tests pass.' : 'The tests were run.',
        outcome: seen === undefined ? 'unknown' : wanted === 'any' || passes ? 'met' : 'not-met',
        evidence: seen ?? 'No tests were run.',
      },
    ],
  }
}
