/** Agents that ask models, ask people and merge: every call names itself, so that the provider's ledger can be compared. */
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { OrreryError } from '../../domain/errors.ts'
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
export const mergedOnto = (before: string | null, taskIndex: number): string => sha1(`${before ?? 'root'}+${taskIndex}`)
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex')

const Look = z.object({ again: z.boolean(), expected: z.string().nullable(), hash: z.string() })
type Look = z.infer<typeof Look>

/** The trunk with the task's change, recorded before the trunk is moved; `again`: it holds the change already. */
async function look({ journal, trunk, blobs, taskIndex }: TaskContext): Promise<Look> {
  const { output } = await journal('git', 'Merge with the trunk', async () => {
    const now = await trunk()
    const line: number[] = now === null ? [] : JSON.parse(new TextDecoder().decode(await blobs.get(now.hash)))
    const again = line.includes(taskIndex)
    // As long as work takes: the others look at the same trunk meanwhile.
    await sleep(100)
    const { hash } = await blobs.put(new TextEncoder().encode(JSON.stringify(again ? line : [...line, taskIndex])))
    return { output: { again, expected: now?.commit ?? null, hash } }
  })
  return Look.parse(output)
}

/** False where somebody was faster. */
async function tryMerge(context: TaskContext, { again, expected, hash }: Look): Promise<boolean> {
  const commit = mergedOnto(expected, context.taskIndex)
  return again || context.merge(expected, { commit, hash, base: sha1('base') }, { commit, files: 1 })
}

/** Whoever is too late has a conflict, and waits for the one who resolves it. */
async function mergeOrHandOver(context: TaskContext): Promise<string> {
  const before = await look(context)
  if (await tryMerge(context, before)) return 'merged'
  // A worker that died after it merged was not too late.
  const now = await look(context)
  if (now.again) return 'merged'
  const mergeBase = before.expected ?? sha1('base')
  const commit = mergedOnto(before.expected, context.taskIndex)
  await context.conflicted({ commit, trunkCommit: now.expected ?? '', mergeBase, files: 1, paths: ['line.json'] })
  const { outcome } = await context.handOff({
    ...{ agent: 'chaos.resolve', goal: 'Resolve it.', constraints: [], artifactIds: [], carried: null, dropped: [] },
    timeoutMs: 600_000,
  })
  if (outcome !== 'done') throw new OrreryError('CONFLICT', `it was ${outcome}`)
  return 'resolved'
}

async function resolve(context: TaskContext): Promise<number> {
  for (let tries = 1; ; tries++) if (await tryMerge(context, await look(context))) return tries
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
    run: async context => ({ ok: true, output: await mergeOrHandOver(context), artifacts: [] }),
  },
  {
    ...describe('chaos.resolve'),
    run: async context => ({ ok: true, output: await resolve(context), artifacts: [] }),
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
