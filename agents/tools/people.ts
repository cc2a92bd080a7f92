/** People and other agents: a question, a handoff, a word. What comes back is recorded by whoever carries it. */
import { z } from 'zod'
import type { AnswerField } from '../../domain/approval.ts'
import type { Json } from '../../domain/json.ts'
import { defineTool, type Tool, type ToolOutcome } from './tool.ts'

const hour = 3_600_000
const Text = z.string().min(1).max(10_000)

const answerIn = (options: readonly string[]): readonly AnswerField[] => [
  options.length === 0
    ? { name: 'answer', label: 'Answer', type: 'text', options: [], required: true, maxLength: 10_000 }
    : {
        name: 'answer',
        label: 'Answer',
        type: 'choice',
        options: options.map(option => ({ value: option.slice(0, 100), label: option.slice(0, 200) })),
        required: true,
        maxLength: 2_000,
      },
  ...(options.length === 0 ? [] : [remark]),
]
const remark: AnswerField = {
  name: 'remark',
  label: 'Remark',
  type: 'text',
  options: [],
  required: false,
  maxLength: 2_000,
}

export const peopleTools: readonly Tool[] = [
  defineTool({
    name: 'ask_person',
    class: 'read',
    recorded: 'itself',
    description:
      'Asks a person and waits for the answer, which may take hours or not come at all. Only for what the repository and the objective do not tell, and where a wrong guess would be costly.',
    input: z.strictObject({
      question: Text.describe('With what a person needs to know in order to answer it.'),
      options: z.array(z.string().min(1).max(100)).min(2).max(20).optional().describe('Answers to choose from.'),
    }),
    async run({ question, options = [] }, { context }) {
      const { outcome, answer, by } = await context.ask({
        kind: 'question',
        title: question.split('\n')[0]?.slice(0, 200) ?? '',
        body: question,
        fields: answerIn(options),
        timeoutMs: 24 * hour,
        onDeadline: 'deny',
        quorum: 1,
        facts: { options },
        subject: null,
      })
      if (outcome === 'expired') return { text: 'Nobody answered in time. Decide yourself, and say that you did.' }
      const remarked = typeof answer.remark === 'string' && answer.remark !== '' ? `\n${answer.remark}` : ''
      return { text: `${by} answers: ${String(answer.answer ?? '')}${remarked}` }
    },
  }),
  defineTool({
    name: 'hand_off',
    class: 'read',
    recorded: 'itself',
    description:
      'Gives a part of the work to another agent and waits until it is done. It knows nothing of this conversation: put what it needs into `goal`, `constraints` and `carried`. Comes back with its output, or with the reason why there is none.',
    input: z.strictObject({
      agent: z.string().min(1).max(100).describe('Its name, for example debugger.'),
      goal: Text,
      constraints: z.array(z.string().min(1).max(2_000)).max(20).optional(),
      carried: z.string().max(20_000).optional().describe('What you found out that it needs to know.'),
      dropped: z
        .array(z.strictObject({ what: z.string().max(500), why: z.string().max(500) }))
        .max(20)
        .optional()
        .describe('What you leave out on purpose, and why.'),
    }),
    async run({ agent, goal, constraints = [], carried = '', dropped = [] }, { context, tainted }) {
      const outcome = await context.handOff({
        agent,
        goal,
        constraints,
        artifactIds: [],
        carried: { notes: carried, tainted: tainted() },
        dropped,
        timeoutMs: hour,
      })
      return handedOver(agent, outcome)
    },
  }),
  defineTool({
    name: 'send_message',
    class: 'read',
    recorded: 'itself',
    description:
      'Tells another agent of this run something. There is no answer to wait for; if one comes, it is shown to you before a turn.',
    input: z.strictObject({
      to: z.string().min(1).max(100).describe('The key of a task or the name of an agent.'),
      body: Text,
      priority: z.number().int().min(0).max(9).optional().describe('9 is the most urgent; 5 unless told.'),
    }),
    async run({ to, body, priority = 5 }, { context, tainted }) {
      await context.send({ to, priority, body: { text: body, tainted: tainted() } })
      return { text: `Sent to ${to}.` }
    },
  }),
]

type Outcome = { outcome: 'done'; taskIndex: number; output: Json } | { outcome: string; reason: string }

function handedOver(agent: string, outcome: Outcome): ToolOutcome {
  if ('reason' in outcome)
    return { text: `${agent} did not do it (${outcome.outcome}): ${outcome.reason}`, isError: true }
  return { text: `${agent} is done. Its output:\n${JSON.stringify(outcome.output, null, 1)}`, origin: 'repository' }
}
