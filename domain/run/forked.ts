/** What a run is right after it was forked, as part of `evolve`. Types only are imported: see state.ts. */
import type { Adjustments, ForkChanges, PromptChange, RunMoment } from '../fork.ts'
import type { Json } from '../json.ts'
import type { EventData, RecordedEvent } from './events.ts'
import type { Artifact, Run, RunStatus, Task } from './shape.ts'
import { stableId } from './stable-id.ts'

/** The id of an inherited artifact in a fork: the same bytes, made by the same task, and yet a thing of its own. */
export const inheritedArtifactId = (forkRunId: string, artifactId: string): string =>
  stableId(forkRunId, 'artifact', artifactId)

type Forked = RecordedEvent & { type: 'RunForked' }

/**
 * What was done stays done. Whoever had begun is planned again and goes on from its journal; nobody holds a claim, waits
 * for a time or for a person, or has spent anything.
 */
export function forked(run: Run, event: Forked, status: RunStatus): Run {
  const { data } = event
  const changes = data.changes as ForkChanges
  return {
    ...run,
    ...identityOf(event),
    status,
    title: changes.title ?? run.title,
    variables: laidOver(run.variables, changes.variables),
    preference: (changes.preference ?? run.preference) as Json,
    budgetMicros: changes.budgetMicros === undefined ? run.budgetMicros : changes.budgetMicros,
    adjustments: adjusted(run.adjustments, changes),
    dueAt: data.dueAt,
    endedAt: null,
    error: null,
    tasks: run.tasks.map(task => carried(run, task, data)),
    artifacts: run.artifacts.map(one => inherited(one, data.forkRunId)),
    inheritedMicros: run.inheritedMicros + run.spentMicros,
    spentMicros: 0,
    approvals: run.approvals.map(one =>
      one.status === 'OPEN' ? { ...one, status: 'WITHDRAWN', closedAt: event.at, dueAt: null } : one,
    ),
    openApprovals: 0,
  }
}

const identityOf = ({ runId, seq, at, correlationId, data }: Forked) => ({
  id: runId,
  head: seq,
  correlationId,
  parentRunId: data.parentRunId,
  parentTaskIndex: data.parentTaskIndex,
  depth: data.depth,
  forkedFrom: { runId: data.fromRunId, seq: data.atSeq, at, changes: data.changes as ForkChanges, agents: data.agents },
})

const inherited = (artifact: Artifact, forkRunId: string): Artifact => ({
  ...artifact,
  id: inheritedArtifactId(forkRunId, artifact.id),
})

/** The variables of a run with others laid over them. */
export const laidOver = (variables: Json, over: ForkChanges['variables']): Json =>
  over === undefined ? variables : { ...(variables as { readonly [name: string]: Json }), ...over }

function adjusted(
  before: Adjustments | null,
  { prompts, allowedModels, withoutTools }: ForkChanges,
): Adjustments | null {
  if (prompts === undefined && allowedModels === undefined && withoutTools === undefined) return before
  const was = before ?? { prompts: [], allowedModels: null, withoutTools: [] }
  const roles = new Set((prompts ?? []).filter(one => one.replaces).map(one => one.role))
  return {
    prompts: [...was.prompts.filter(one => !roles.has(one.role) && !isAmong(prompts ?? [], one)), ...(prompts ?? [])],
    allowedModels: allowedModels ?? was.allowedModels,
    withoutTools: [...new Set([...was.withoutTools, ...(withoutTools ?? [])])],
  }
}

const isAmong = (list: readonly PromptChange[], { role, text }: PromptChange): boolean =>
  list.some(one => one.role === role && one.text === text)

/** Where a task stands when a fork begins. An expanded map goes on waiting for its elements. */
function carried(run: Run, before: Task, { children, restarted, journals }: EventData<'RunForked'>): Task {
  const task = before.spentMicros === 0 ? before : { ...before, spentMicros: 0 }
  if (!isInFlight(task)) return task
  const anew = restarted.includes(task.index)
  const child = children.find(one => one.taskIndex === task.index)
  const moment: RunMoment | null =
    child === undefined ? task.childFrom : { runId: child.runId, seq: child.seq, at: child.at }
  return {
    ...task,
    ...unbegun,
    resumes: !anew && resumesAfter(run, task),
    attemptBase: anew ? task.attempt : task.attemptBase,
    calls: journals.find(one => one.taskIndex === task.index)?.calls ?? task.calls,
    childFrom: anew ? null : moment,
  }
}

/** Neither ended nor still to come, and more than a map that waits for its elements. */
export const isInFlight = ({ status, kind, waitingFor }: Task): boolean =>
  status === 'READY' || status === 'CLAIMED' || (status === 'WAITING' && (kind !== 'map' || waitingFor !== null))

const unbegun = {
  status: 'PLANNED',
  worker: null,
  losses: 0,
  readyAt: null,
  startedAt: null,
  dueAt: null,
  waitingFor: null,
  childRunId: null,
} as const satisfies Partial<Task>

/** Whether its attempt goes on: not where that has failed and the next one was waited for, nor before the first. */
function resumesAfter(run: Run, { status, waitingFor, dueAt, resumes }: Task): boolean {
  if (status !== 'WAITING') return true
  if (waitingFor === null) return dueAt === null
  const gate = run.approvals.find(one => one.id === waitingFor.approvalId)
  return gate?.before === true ? resumes : true
}
