/** Agents that ask models, ask people and merge: every call names itself, so that the provider's ledger can be compared. */
import { createHash } from 'node:crypto'
import { textOf } from '../../domain/model.ts'
import type { Agent, ModelAsk, TaskContext } from '../../domain/ports.ts'
import { parseWorkflow } from '../../domain/validate.ts'

/** Model calls of every task of `chaos.think`. */
export const turnsEach = 3

const describe = (name: string): Omit<Agent, 'run'> => ({
  name,
  title: name,
  description: 'Asks, and goes on with what it is told.',
  capabilities: [],
  workerClass: 'light',
  produces: [],
})

const ask = (purpose: string, heard: readonly string[]): ModelAsk => ({
  purpose,
  request: {
    system: 'You are asked by a test.',
    messages: [{ role: 'user', content: [{ type: 'text', text: `${purpose}\n${heard.join('\n')}` }] }],
    tools: [],
    toolChoice: 'auto',
    maxOutputTokens: 400,
    thinking: 'off',
    temperature: null,
    outputSchema: null,
  },
  needs: { abilities: {}, capabilities: { coding: 1 }, allowed: null, avoid: [], preferred: [] },
})

async function think(context: TaskContext): Promise<string[]> {
  const heard: string[] = []
  for (let turn = 0; turn < turnsEach; turn++) {
    const { reply } = await context.model(ask(`${context.runId}/${context.taskIndex}/${turn}`, heard))
    heard.push(textOf(reply.content))
    await context.journal('note', `turn ${turn}`, async () => ({ output: { turn } }))
  }
  return heard
}

/** What the trunk is called once a task merged onto `before`: a lost change breaks the chain. */
export const mergedOnto = (before: string | null, taskIndex: number): string =>
  digest('sha1', `${before ?? 'root'}+${taskIndex}`)
const digest = (algorithm: 'sha1' | 'sha256', text: string) => createHash(algorithm).update(text).digest('hex')

async function merge(context: TaskContext): Promise<number> {
  for (let tries = 1; ; tries++) {
    const before = await context.trunk()
    await context.journal('work', `on ${before?.commit ?? 'nothing'}`, async () => ({ output: null }))
    const commit = mergedOnto(before?.commit ?? null, context.taskIndex)
    const trunk = { commit, hash: digest('sha256', commit), base: digest('sha1', 'base') }
    const merged = await context.merge(before?.commit ?? null, trunk, { commit, files: 1 })
    if (merged) return tries
  }
}

export const askingTeam: readonly Agent[] = [
  {
    ...describe('chaos.think'),
    run: async context => ({ ok: true, output: await think(context), artifacts: [] }),
  },
  {
    ...describe('chaos.ask'),
    async run(context) {
      const { answer } = await context.ask({
        kind: 'question',
        subject: null,
        title: 'Which?',
        body: '',
        fields: [{ name: 'word', label: 'Word', type: 'text', options: [], required: true, maxLength: 100 }],
        facts: null,
        timeoutMs: null,
        onDeadline: 'wait',
        quorum: 1,
      })
      return { ok: true, output: answer, artifacts: [] }
    },
  },
  {
    ...describe('chaos.merge'),
    run: async context => ({ ok: true, output: await merge(context), artifacts: [] }),
  },
]

const retry = { maxAttempts: 8, backoffMs: 200, factor: 1 }
const steps = (agent: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    key: `task-${index}`,
    title: `Task ${index}`,
    agent,
    workerClass: 'light',
    retry,
  }))

const workflow = (name: string, agent: string, count: number) =>
  parseWorkflow({
    name,
    version: 1,
    title: name,
    description: 'For faults of agents.',
    timeoutMs: 600_000,
    steps: steps(agent, count),
  })

export const askingWorkflows = [
  workflow('chaos-think', 'chaos.think', 2),
  workflow('chaos-ask', 'chaos.ask', 1),
  workflow('chaos-merge', 'chaos.merge', 5),
]
