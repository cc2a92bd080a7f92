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

/** Tasks of which an end is recorded, of those that are work. */
export function endedOf(facts: readonly Fact[]): { ended: number; total: number } {
  const work = plansOf(facts).filter(({ isWork }) => isWork)
  const ends = ofType(facts, 'TaskSucceeded', 'TaskFailed', 'TaskSkipped', 'TaskBlocked', 'TaskCancelled')
  const ended = new Set(ends.map(({ data }) => data.taskIndex))
  return { ended: work.filter(({ index }) => ended.has(index)).length, total: work.length }
}
