/** Named workflows and histories that tests, documents and stories of the page share. Made by deciding, never by hand. */
import { parseWorkflow } from '../validate.ts'
import type { Workflow, WorkflowInput } from '../workflow.ts'
import type { Command, CommandMeta } from './commands.ts'
import { decide } from './decide.ts'
import type { RecordedEvent } from './events.ts'
import { fold, type Run } from './state.ts'

const runId = '01990000-0000-7000-8000-000000000001'
const organisationId = '01990000-0000-7000-8000-0000000000aa'
const projectId = '01990000-0000-7000-8000-0000000000bb'

export const workflows = {
  /** One step. */
  single: parseWorkflow({
    name: 'single',
    version: 1,
    title: 'Single',
    description: 'One step.',
    steps: [{ key: 'only', title: 'Only', agent: 'echo' }],
  }),
  /** A diamond whose lower end is reached whatever its sides do. */
  diamond: parseWorkflow({
    name: 'diamond',
    version: 1,
    title: 'Diamond',
    description: 'Fan-out and fan-in by needs.',
    variables: [{ name: 'deep', type: 'boolean', description: 'Whether the right side is taken', default: true }],
    steps: [
      { key: 'top', title: 'Top', agent: 'echo' },
      { key: 'left', title: 'Left', agent: 'echo', needs: ['top'], retry: { maxAttempts: 3, backoffMs: 100 } },
      {
        key: 'right',
        title: 'Right',
        agent: 'echo',
        needs: ['top'],
        when: { path: 'variables.deep', op: 'equals', value: true },
      },
      { key: 'bottom', title: 'Bottom', agent: 'echo', needs: ['left', 'right'], trigger: 'all-done' },
    ],
  }),
  /** A list, one task for each of its elements, and a report over whatever they brought. */
  fanOut: parseWorkflow({
    name: 'fan-out',
    version: 1,
    title: 'Fan-out',
    description: 'Dynamic fan-out over a list that a task found.',
    steps: [
      { key: 'find', title: 'Find', agent: 'echo' },
      {
        key: 'each',
        title: 'Look at {item}',
        agent: 'look.{item}',
        needs: ['find'],
        forEach: 'tasks.find.output.items',
        optional: true,
      },
      { key: 'report', title: 'Report', agent: 'echo', needs: ['each'], trigger: 'all-done' },
    ],
  }),
  /** A task that is a run. */
  nested: parseWorkflow({
    name: 'nested',
    version: 1,
    title: 'Nested',
    description: 'A sub-workflow between two steps.',
    steps: [
      { key: 'before', title: 'Before', agent: 'echo' },
      { key: 'inner', title: 'Inner', workflow: 'single', needs: ['before'] },
      { key: 'after', title: 'After', agent: 'echo', needs: ['inner'] },
    ],
  }),
} satisfies Record<string, Workflow>

/** Given commands one after the other, a second apart, returns what happened. Commands that are refused throw. */
export function createHistory(
  workflow: Workflow | WorkflowInput,
  options: { variables?: Run['variables']; start?: Partial<CommandMeta>; command?: Command } = {},
) {
  const history = historyOf({ id: runId, inherited: [], now: options.start?.now ?? Date.UTC(2026, 0, 1) })
  history.say(options.command ?? startOf(parseWorkflow(workflow), options.variables ?? {}), options.start)
  return history
}
export type History = ReturnType<typeof createHistory>

type ForkRun = Extract<Command, { type: 'ForkRun' }>
/** By number: forks of forks are told apart by it. */
const forkRunId = (number: number): string => `01990000-0000-7000-8000-0000000001${String(number).padStart(2, '0')}`

/** The history of a fork after one of the events of another one, an hour later. */
export function forkHistory(
  from: Pick<History, 'events' | 'run'>,
  atSeq: number,
  { number = 1, ...options }: Partial<ForkRun> & { number?: number } = {},
) {
  const id = forkRunId(number)
  const inherited = from.events.slice(0, atSeq).map(event => ({ ...event, runId: id }) as RecordedEvent)
  const history = historyOf({ id, inherited, now: (from.events.at(-1)?.at ?? 0) + 3_600_000 })
  const nothing = { changes: {}, agents: [], children: [], journals: [], reason: '', parent: null }
  history.say({ type: 'ForkRun', forkRunId: id, fromRunId: from.run.id, atSeq, ...nothing, ...options })
  return history
}

function historyOf({ id, inherited, now }: { id: string; inherited: readonly RecordedEvent[]; now: number }) {
  const events = [...inherited]
  let run = fold(null, events)
  const say = (command: Command, meta: Partial<CommandMeta> = {}): readonly RecordedEvent[] => {
    now += 1_000
    const number = events.length.toString(16).padStart(12, '0')
    const { events: caused } = decide(id, run, command, {
      commandId: `01990000-0000-7000-9000-${number}`,
      actor: { kind: 'engine', id: 'engine', name: 'Engine' },
      now,
      seed: 7,
      correlationId: null,
      ...meta,
    })
    run = fold(run, caused)
    events.push(...caused)
    return caused
  }
  return {
    say,
    get run(): Run {
      if (run === null) throw new Error('the history has not begun')
      return run
    },
    get events(): readonly RecordedEvent[] {
      return events
    },
    claim: (taskIndex: number, worker = 'worker-1') =>
      say({ type: 'ClaimTask', taskIndex, epoch: epochOf(run, taskIndex) + 1, worker }),
    finish: (taskIndex: number, output: Run['variables'] = null) =>
      say({ type: 'FinishTask', taskIndex, epoch: epochOf(run, taskIndex), output, artifacts: [] }),
    fail: (taskIndex: number, retryable = true, blocked = false) =>
      say({
        type: 'FailTask',
        taskIndex,
        epoch: epochOf(run, taskIndex),
        failure: { code: 'TASK_FAILED', message: 'it broke', hint: '', retryable },
        blocked,
        artifacts: [],
      }),
  }
}

export const startOf = (
  workflow: Workflow,
  variables: Run['variables'] = {},
): Extract<Command, { type: 'StartRun' }> => ({
  type: 'StartRun',
  organisationId,
  projectId,
  workflow,
  title: workflow.title,
  variables,
  priority: 0,
  maxParallel: null,
  timeoutMs: null,
  parent: null,
})

const epochOf = (run: Run | null, taskIndex: number): number => run?.tasks[taskIndex]?.epoch ?? 0
