import type { RunRow } from '../../db/rows.ts'
import type { EventData, RecordedEvent } from '../../domain/run/events.ts'
import { runStatuses } from '../../domain/run/state.ts'
import type { Context } from '../context.ts'
import { knownState } from '../known-state.ts'
import { builder } from './builder.ts'
import { FailureRef } from './failure.ts'
import { Project } from './project.ts'

export const RunStatusEnum = builder.enumType('RunStatus', {
  description: 'PENDING: nothing was begun yet · WAITING: for an approval or a budget · the last three are ends.',
  values: runStatuses,
})

export const Run = builder.objectRef<RunRow>('Run')

const Progress = builder.objectRef<RunRow>('RunProgress').implement({
  description: 'Numbers of tasks.',
  fields: t => ({
    total: t.exposeInt('taskCount', { description: 'Planned so far; a fan-out is counted by its elements.' }),
    ended: t.exposeInt('tasksEnded'),
    failed: t.exposeInt('tasksFailed', { description: 'FAILED or BLOCKED.' }),
  }),
})

builder.node(Run, {
  description: 'One execution of a workflow. What happened in it are its events; everything else follows from them.',
  id: { resolve: run => run.id },
  loadMany: (ids, { load }) => ids.map(id => load.run.load(id)),
  isTypeOf: () => true,
  fields: t => ({
    head: t.exposeInt('head', { description: 'The seq of its newest event: 1, 2, 3 … without gaps.' }),
    status: t.expose('status', { type: RunStatusEnum }),
    title: t.exposeString('title'),
    workflow: t.exposeString('workflow', { description: 'Name of the template.' }),
    workflowVersion: t.exposeInt('workflowVersion', {
      description: 'The version that it was started with and stays with.',
    }),
    variables: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What it was started with, defaults filled in; of a fork, with its changes.',
      resolve: async (run, _, context) =>
        run.forkedFromRunId === null
          ? (await startOf(run, context)).variables
          : ((await knownState(context, run.id, 'now'))?.run.variables ?? null),
    }),
    project: t.field({
      type: Project,
      nullable: true,
      resolve: (run, _, { load }) => load.project.load(run.projectId),
    }),
    priority: t.exposeInt('priority', { description: 'Higher comes first.' }),
    maxParallel: t.exposeInt('maxParallel', { description: 'Tasks of this run that may be at work at once.' }),
    progress: t.field({ type: Progress, resolve: run => run }),
    error: t.field({ type: FailureRef, nullable: true, description: 'Why it failed.', resolve: run => run.error }),
    parent: t.field({
      type: Run,
      nullable: true,
      description: 'The run that it is a sub-run of.',
      resolve: (run, _, { load }) => (run.parentRunId === null ? null : load.run.load(run.parentRunId)),
    }),
    parentTaskIndex: t.exposeInt('parentTaskIndex', {
      nullable: true,
      description: 'The task of the parent that it is.',
    }),
    correlationId: t.exposeString('correlationId', {
      description: 'Follows a request through everything that it caused.',
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'A fork began when it was forked.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When its newest event happened.' }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true }),
    dueAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it times out as a whole, as it was started or forked.',
      resolve: async (run, _, context) => (await beginningOf(run, context)).dueAt,
    }),
  }),
})

async function startOf(run: RunRow, { load }: Context): Promise<EventData<'RunStarted'>> {
  const event: RecordedEvent | null = await load.firstEvent.load(run.id)
  if (event?.type !== 'RunStarted') throw new Error(`run ${run.id} does not begin with RunStarted`)
  return event.data
}

/** With what its own events begin. */
async function beginningOf(run: RunRow, context: Context): Promise<EventData<'RunStarted'> | EventData<'RunForked'>> {
  const { id, forkedAtSeq } = run
  if (forkedAtSeq === null) return startOf(run, context)
  const event = await context.load.eventAt.load({ runId: id, seq: forkedAtSeq + 1 })
  if (event?.type !== 'RunForked') throw new Error(`run ${id} was not forked at ${forkedAtSeq}`)
  return event.data
}

/** The run as a mutation has left it. */
export async function runAfter(runId: string, { load }: Context): Promise<RunRow> {
  const run = await load.run.clear(runId).load(runId)
  if (run === null) throw new Error(`run ${runId} is gone`)
  return run
}
