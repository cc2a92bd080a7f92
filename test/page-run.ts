/** A run of 300 tasks, two dozen of them at work, that goes on for as long as one asks it to. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createHandle } from '../db/handle.ts'
import type { By, EventStore } from '../db/store.ts'
import { toGlobalId } from '../domain/ids.ts'
import { startOf } from '../domain/run/history.ts'
import { parseWorkflow } from '../domain/validate.ts'
import type { Bell } from '../queues/bell.ts'

const by: By = { actor: { kind: 'agent', id: 'bench', name: 'Bench' } }
const tasks = 300
const atWork = 24

const workflow = parseWorkflow({
  name: 'wide',
  version: 1,
  title: 'Three hundred tasks',
  description: '',
  maxParallel: atWork,
  steps: Array.from({ length: tasks }, (_, index) => ({
    key: `task-${index}`,
    title: `Task ${index}`,
    agent: ['code-generator', 'reviewer', 'test-writer'][index % 3],
    needs: index < atWork ? [] : [`task-${index - atWork}`],
    timeoutMs: 86_400_000,
  })),
})

export type PageRun = {
  /** Global id. */
  readonly id: string
  /** The newest seq. */
  head(): number
  /** One more event: a call of one of the tasks begins, or ends. */
  say(): Promise<void>
  close(): Promise<void>
}

export async function startPageRun(
  { organisationId, ring }: { organisationId: string; ring: Bell['ring'] },
  store: EventStore,
): Promise<PageRun> {
  const handle = createHandle({ store, onCommitted: ring })
  const runId = randomUUID()
  await handle.handle(runId, { ...startOf(workflow), organisationId, timeoutMs: 86_400_000 }, by)
  let head = 0
  for (let taskIndex = 0; taskIndex < atWork; taskIndex++) {
    const { run } = await handle.handle(runId, { type: 'ClaimTask', taskIndex, epoch: 1, worker: 'bench' }, by)
    head = run.head
  }
  let said = 0
  return {
    id: toGlobalId('Run', runId),
    head: () => head,
    async say() {
      const turn = said++
      const call = { taskIndex: Math.floor(turn / 2) % atWork, epoch: 1, call: Math.floor(turn / 2 / atWork) }
      const { run } = await handle.handle(runId, { ...(turn % 2 === 0 ? begin : end), ...call }, by)
      head = Math.max(head, run.head)
    },
    close: handle.close,
  }
}

/** Says until there are so many events, a few thousand under way at a time. */
export async function fill(run: PageRun, events: number): Promise<void> {
  while (run.head() < events) {
    const more = Math.min(2_000, events - run.head())
    await Promise.all(Array.from({ length: more }, () => run.say()))
  }
}

/** Says so many a second, each at its time, until it is stopped; resolves with how many a second were recorded. */
export function flow(run: PageRun, perSecond: number): { stop(): Promise<number> } {
  const [began, from] = [performance.now(), run.head()]
  let going = true
  const done = (async () => {
    const under = new Set<Promise<void>>()
    for (let said = 0; going; await sleep(4)) {
      for (const due = ((performance.now() - began) * perSecond) / 1_000; said < due; said++) {
        const one = run.say().finally(() => under.delete(one))
        under.add(one)
      }
    }
    await Promise.all(under)
  })()
  return {
    async stop() {
      const rate = ((run.head() - from) * 1_000) / (performance.now() - began)
      going = false
      await done
      return rate
    },
  }
}

const begin = { type: 'StartToolCall', tool: 'shell', summary: 'npm test -- src/orders' } as const
const end = {
  type: 'FinishToolCall',
  tool: 'shell',
  output: { passed: 12 },
  exitCode: 0,
  durationMs: 812,
  outputHash: null,
  treeHash: null,
} as const
