/** What figures should be: counted from events and rows, without the code of the product that counts. */
import type { Ask } from './ask.ts'

export type Fact = { seq: number; type: string; at: number; data: Record<string, unknown> }

/** Every event of a run, in order. */
export async function factsOf(ask: Ask, runId: string): Promise<Fact[]> {
  const query = `query ($id: ID!, $after: Int) {
    run(id: $id) { events(first: 100, after: $after) { nodes { seq type at data } } }
  }`
  const facts: Fact[] = []
  for (;;) {
    const variables = { id: runId, after: facts.length }
    const { run } = await ask.query<{ run: { events: { nodes: (Fact & { at: string })[] } } }>(query, variables)
    const { nodes } = run.events
    facts.push(...nodes.map(node => ({ ...node, at: Date.parse(node.at) })))
    if (nodes.length < 100) return facts
  }
}

/** What was paid since the beginning, in and out of runs, as the ledger has it: dollars. */
export async function chargesIn(ask: Ask): Promise<{ runId: string | null; dollars: number }[]> {
  const query = `query ($after: String) { spending(from: "2020-01-01T00:00:00Z") {
    calls(first: 50, after: $after) { nodes { charged run { id } } pageInfo { hasNextPage endCursor } }
  } }`
  const found: { runId: string | null; dollars: number }[] = []
  for (let after: string | null = null; ; ) {
    const answer: Spending = await ask.query(query, { after })
    const { nodes, pageInfo } = answer.spending.calls
    found.push(...nodes.map(({ charged, run }) => ({ runId: run?.id ?? null, dollars: Number(charged) / 1e6 })))
    if (!pageInfo.hasNextPage) return found
    after = pageInfo.endCursor
  }
}

type Spending = {
  spending: {
    calls: {
      nodes: { charged: string; run: { id: string } | null }[]
      pageInfo: { hasNextPage: boolean; endCursor: string }
    }
  }
}

export const ofType = (facts: readonly Fact[], ...types: string[]): Fact[] =>
  facts.filter(({ type }) => types.includes(type))

export const sumOf = (facts: readonly Fact[], field: string): number =>
  facts.reduce((sum, { data }) => sum + Number(data[field] ?? 0), 0)

export const dollarsOf = (facts: readonly Fact[]): number =>
  sumOf(ofType(facts, 'ModelCallFinished'), 'costMicros') / 1e6

/** Tasks as they were planned. What only spreads into others is not work of its own. */
export const plansOf = (facts: readonly Fact[]): { index: number; title: string; uses: string; isWork: boolean }[] =>
  ofType(facts, 'TaskPlanned').map(({ data }) => ({
    index: Number(data.taskIndex),
    title: String(data.title),
    uses: String(data.uses),
    isWork: data.kind !== 'map',
  }))

/** Seconds from a task's last claim to its end; null where it has not ended. */
export function secondsOf(facts: readonly Fact[], index: number): number | null {
  const own = facts.filter(({ data }) => data.taskIndex === index)
  const claim = ofType(own, 'TaskClaimed').at(-1)
  const end = ofType(own, 'TaskSucceeded', 'TaskFailed').at(-1)
  return claim === undefined || end === undefined ? null : (end.at - claim.at) / 1_000
}

/** Tasks of which an end is recorded, of those that are counted: what has spread into others is counted by them. */
export function endedOf(facts: readonly Fact[]): { ended: number; total: number } {
  const spread = new Set(ofType(facts, 'TaskPlanned').map(({ data }) => data.groupIndex))
  const work = plansOf(facts).filter(({ isWork, index }) => isWork || !spread.has(index))
  const ends = ofType(facts, 'TaskSucceeded', 'TaskFailed', 'TaskSkipped', 'TaskBlocked', 'TaskCancelled')
  const ended = new Set(ends.map(({ data }) => data.taskIndex))
  return { ended: work.filter(({ index }) => ended.has(index)).length, total: work.length }
}

/** Index by index, the last word on each task: planned, at work, or ended. What only spreads into others is none of it. */
function wordsOn(facts: readonly Fact[]): string[] {
  const words = new Map<unknown, string>()
  for (const { type, data } of facts) {
    const index = type === 'TaskSentBack' ? data.toTaskIndex : data.taskIndex
    if (type === 'TaskPlanned' || type === 'TaskReset' || type === 'TaskSentBack') words.set(index, 'planned')
    if (['TaskReady', 'TaskClaimed', 'RetryScheduled', 'TaskSuspended'].includes(type)) words.set(index, 'at work')
    if (/^Task(Succeeded|Failed|Skipped|Blocked|Cancelled)$/.test(type)) words.set(index, 'ended')
  }
  return [...words.values()]
}

/** What a fork after the last of the events would keep, go on with, and have still to do. */
export function foreseenIn(facts: readonly Fact[]) {
  const tasks = (word: string) => wordsOn(facts).filter(one => one === word).length
  return {
    ...{ kept: tasks('ended'), resumed: tasks('at work'), toCome: tasks('planned') },
    ...{ events: facts.length, artifacts: ofType(facts, 'ArtifactCreated').length, dollars: dollarsOf(facts) },
  }
}

/** The figures of one side of a comparison, by their names. `began`: when it went its own way, after `prefix` events. */
export function comparedIn(facts: readonly Fact[], { prefix, began }: { prefix: number; began: number }) {
  const own = facts.slice(prefix)
  const scores = newestScores(facts)
  return {
    Spent: dollarsOf(own),
    'Model calls': ofType(own, 'ModelCallFinished').length,
    Attempts: ofType(own, 'TaskClaimed').length,
    'Tasks that ended': wordsOn(facts).filter(word => word === 'ended').length,
    'Tasks that failed': ofType(facts, 'TaskFailed', 'TaskBlocked').length,
    'Mean quality': scores.reduce((sum, score) => sum + score, 0) / scores.length,
    Time: ((facts.at(-1)?.at ?? 0) - began) / 1_000,
  }
}

/** Of each thing that a task made, the score of what it made last. */
function newestScores(facts: readonly Fact[]): number[] {
  const newest = new Map<string, Fact>()
  for (const fact of ofType(facts, 'ArtifactCreated'))
    newest.set(JSON.stringify([fact.data.taskIndex, fact.data.kind, fact.data.title]), fact)
  return [...newest.values()].flatMap(({ data }) => (data.score === null ? [] : [Number(data.score)]))
}

/** What a workflow may cost whose runs are too few to tell: from the limits of its roles and the prices of the simulated models. */
export async function worstCaseOf(ask: Ask, workflow: string): Promise<{ low: number; high: number }> {
  const { workflows, agents, providers } = await ask.query<Priced>(`{
    workflows { name steps { key agent forEach needs trigger when back { to maxRounds } } }
    agents { name needsModel role { maxTurns maxOutputTokens } }
    providers { simulated models { inputPrice outputPrice } }
  }`)
  const steps = workflows.find(({ name }) => name === workflow)?.steps ?? []
  const models = providers.filter(one => one.simulated).flatMap(one => one.models)
  const prices = (input: number, output: number) =>
    models.map(one => (input * Number(one.inputPrice) + output * Number(one.outputPrice)) / 1e12)
  // What only results lead to may be left out, and what waits for it alone.
  const isSure = ({ when, trigger, needs }: PricedStep): boolean =>
    when === null && (trigger !== 'all-succeeded' || steps.filter(({ key }) => needs.includes(key)).every(isSure))
  let [low, high] = [0, 0]
  for (const step of steps) {
    const { key, agent, forEach } = step
    const asked = agents.find(({ name, needsModel }) => name === agent && needsModel)
    if (asked === undefined) continue
    const { maxTurns, maxOutputTokens } = asked.role ?? endless
    const rounds = steps.find(({ back }) => back?.to === key)?.back?.maxRounds ?? 0
    if (isSure(step)) low += 5 * Math.min(...prices(6_000, 500))
    high += (forEach === null ? 1 : 5) * (1 + rounds) * maxTurns * Math.max(...prices(40_000, maxOutputTokens))
  }
  return { low, high }
}

/** Whoever asks a model without a role has no limits of its own. */
const endless = { maxTurns: 40, maxOutputTokens: 8_000 }

type PricedStep = {
  key: string
  agent: string | null
  forEach: string | null
  needs: string[]
  trigger: string
  when: unknown
  back: { to: string; maxRounds: number } | null
}
type Priced = {
  workflows: { name: string; steps: PricedStep[] }[]
  agents: { name: string; needsModel: boolean; role: { maxTurns: number; maxOutputTokens: number } | null }[]
  providers: { simulated: boolean; models: { inputPrice: string | null; outputPrice: string | null }[] }[]
}
