/** What a run spent on models, part by part, as its events say it. All amounts are micro-dollars. */
import type { EventType, RecordedEvent } from '../../../domain/run/events.ts'
import type { Run } from '../../../domain/run/state.ts'
import { createLogReader, type LogReader } from '../../lib/log-fold.ts'

/** Events of which every figure of this page is the sum. */
export const chargeTypes: readonly EventType[] = ['ModelCallFinished', 'ModelCallFailed']

export type Part = {
  readonly calls: number
  readonly spentMicros: number
  /** For calls that are under way. */
  readonly reservedMicros: number
  /** Of what was spent: calls whose reply was lost, at what they may have cost at most. */
  readonly uncertainMicros: number
  /** What came from a cache included. */
  readonly inputTokens: number
  readonly outputTokens: number
}
export type Spending = {
  readonly all: Part
  readonly byModel: Readonly<Record<string, Part>>
  /** By the index of the task. */
  readonly byTask: Readonly<Record<string, Part>>
  /** Reserved for calls whose end is not recorded yet, by call. */
  readonly open: Readonly<Record<string, { micros: number; model: string; task: number }>>
}

export const nothing: Part = {
  calls: 0,
  spentMicros: 0,
  reservedMicros: 0,
  uncertainMicros: 0,
  inputTokens: 0,
  outputTokens: 0,
}
const beginning: Spending = { all: nothing, byModel: {}, byTask: {}, open: {} }

export const createSpendingReader = (): LogReader<Spending> => createLogReader(beginning, spend)

function spend(spending: Spending, event: RecordedEvent): Spending {
  switch (event.type) {
    case 'ModelCallStarted': {
      const { taskIndex: task, model, reservedMicros: micros } = event.data
      const next = added(spending, { model, task }, { calls: 1, reservedMicros: micros })
      return { ...next, open: { ...next.open, [keyOf(event.data)]: { micros, model, task } } }
    }
    case 'ModelCallFinished': {
      const { taskIndex: task, model, inputTokens, outputTokens, costMicros, certainty } = event.data
      const uncertainMicros = certainty === 'unknown' ? costMicros : 0
      const part = { spentMicros: costMicros, uncertainMicros, inputTokens, outputTokens }
      return added(settled(spending, keyOf(event.data)), { model, task }, part)
    }
    case 'ModelCallFailed': {
      const { taskIndex: task, model, costMicros, certainty } = event.data
      const uncertainMicros = certainty === 'unknown' ? costMicros : 0
      return added(settled(spending, keyOf(event.data)), { model, task }, { spentMicros: costMicros, uncertainMicros })
    }
    // What a fork has from another run was paid there.
    case 'RunForked':
      return beginning
    // Whoever held the claim makes none of its calls any more; what they cost is told by the ledger and charged later.
    case 'LeaseExpired':
    case 'TaskCancelled':
      return released(spending, event.data.taskIndex)
    default:
      return spending
  }
}

const keyOf = ({ taskIndex, call, tryIndex }: { taskIndex: number; call: number; tryIndex: number }): string =>
  `${taskIndex} ${call} ${tryIndex}`

function settled(spending: Spending, key: string): Spending {
  const { [key]: call, ...open } = spending.open
  return call === undefined ? spending : added({ ...spending, open }, call, { reservedMicros: -call.micros })
}

const released = (spending: Spending, task: number): Spending =>
  Object.keys(spending.open)
    .filter(key => spending.open[key]?.task === task)
    .reduce(settled, spending)

function added(spending: Spending, { model, task }: { model: string; task: number }, part: Partial<Part>): Spending {
  const { all, byModel, byTask } = spending
  return {
    ...spending,
    all: sum(all, part),
    byModel: { ...byModel, [model]: sum(byModel[model] ?? nothing, part) },
    byTask: { ...byTask, [task]: sum(byTask[task] ?? nothing, part) },
  }
}

export function sum(a: Part, b: Partial<Part>): Part {
  return {
    calls: a.calls + (b.calls ?? 0),
    spentMicros: a.spentMicros + (b.spentMicros ?? 0),
    reservedMicros: a.reservedMicros + (b.reservedMicros ?? 0),
    uncertainMicros: a.uncertainMicros + (b.uncertainMicros ?? 0),
    inputTokens: a.inputTokens + (b.inputTokens ?? 0),
    outputTokens: a.outputTokens + (b.outputTokens ?? 0),
  }
}

/** The same by the agents that the tasks use. */
export function byAgent({ byTask }: Spending, { tasks }: Run): Record<string, Part> {
  const agents: Record<string, Part> = {}
  for (const [index, part] of Object.entries(byTask)) {
    const { uses = 'unknown' } = tasks[Number(index)] ?? {}
    agents[uses] = sum(agents[uses] ?? nothing, part)
  }
  return agents
}
