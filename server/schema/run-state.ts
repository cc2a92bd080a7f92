/** A run as a fold of its events: its graph now, and everything about it at any of its events. */
import type { Json } from '../../domain/json.ts'
import { criticalPath } from '../../domain/run/plan.ts'
import type { Task as FoldedTask } from '../../domain/run/state.ts'
import { type KnownState, knownState } from '../known-state.ts'
import { Artifact } from './artifact.ts'
import { builder } from './builder.ts'
import { FailureRef } from './failure.ts'
import { Run, RunStatusEnum } from './run.ts'
import { TaskFactsRef } from './task-facts.ts'

const TaskState = builder.objectRef<FoldedTask>('TaskState').implement({
  description: 'A task as it was at some event.',
  interfaces: [TaskFactsRef],
  isTypeOf: value => !('runId' in (value as object)),
  fields: t => ({
    needs: t.intList({ description: 'Indices of the tasks that it waits for.', resolve: task => [...task.needs] }),
    optional: t.exposeBoolean('optional'),
    calls: t.exposeInt('calls', { description: 'Tool calls that have a recorded result.' }),
    dueAt: t.expose('dueAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the current claim, or the wait for a retry, ends by itself.',
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Why it was skipped, cancelled, released or reset.',
    }),
    item: t.field({ type: 'JSON', nullable: true, resolve: task => task.item }),
    output: t.field({ type: 'JSON', nullable: true, resolve: task => task.output }),
    childRunId: t.id({
      nullable: true,
      resolve: task => (task.childRunId === null ? null : `run_${task.childRunId.replaceAll('-', '')}`),
    }),
  }),
})

const Edge = builder.objectRef<{ from: number; to: number }>('RunGraphEdge').implement({
  description: 'Task `to` waits for task `from`.',
  fields: t => ({ from: t.exposeInt('from'), to: t.exposeInt('to') }),
})

const upgradeRequired =
  'A newer version of Orrery wrote what comes next, and this server cannot fold it: this is the run just before that event. `Run.events` shows it, as it was stored.'

const Graph = builder.objectRef<KnownState>('RunGraph').implement({
  description: 'The tasks of a run and what they wait for. An element of a fan-out names its map by `groupIndex`.',
  fields: t => ({
    nodes: t.field({ type: [TaskState], description: 'By index.', resolve: ({ run }) => [...run.tasks] }),
    edges: t.field({
      type: [Edge],
      resolve: ({ run }) => run.tasks.flatMap(task => task.needs.map(from => ({ from, to: task.index }))),
    }),
    criticalPath: t.intList({
      description: 'Indices of the longest chain, by the time that its tasks took so far.',
      resolve: ({ run }, _, { services }) =>
        criticalPath(
          run.tasks.map(task => task.needs),
          run.tasks.map(task => spent(task, services.now())),
        ),
    }),
    upgradeRequired: t.exposeBoolean('upgradeRequired', { description: upgradeRequired }),
  }),
})

/** Milliseconds at work, at least 1, so that a chain that has not begun has a length too. */
const spent = ({ startedAt, endedAt }: FoldedTask, now: number): number =>
  startedAt === null ? 1 : Math.max(1, (endedAt ?? now) - startedAt)

const RunState = builder.objectRef<KnownState>('RunState').implement({
  description: 'A run as it was after one of its events.',
  fields: t => ({
    seq: t.int({ description: 'The event that it stands at.', resolve: ({ run }) => run.head }),
    upgradeRequired: t.exposeBoolean('upgradeRequired', { description: upgradeRequired }),
    status: t.field({ type: RunStatusEnum, resolve: ({ run }) => run.status }),
    error: t.field({ type: FailureRef, nullable: true, resolve: ({ run }) => run.error }),
    startedAt: t.field({ type: 'DateTime', resolve: ({ run }) => run.startedAt }),
    endedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ run }) => run.endedAt }),
    dueAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the run as a whole times out.',
      resolve: ({ run }) => run.dueAt,
    }),
    tasks: t.field({ type: [TaskState], description: 'By index.', resolve: ({ run }) => [...run.tasks] }),
    graph: t.field({ type: Graph, resolve: state => state }),
    artifacts: t.field({
      type: [Artifact],
      description: 'Those that were there, in the order in which they were made.',
      resolve: async ({ run }, _, { load }) =>
        (await Promise.all(run.artifacts.map(({ id }) => load.artifact.load(id)))).filter(row => row !== null),
    }),
    data: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The whole of it, as `evolve` makes it: events after `seq` can be folded onto it.',
      resolve: ({ run }) => run as unknown as Json,
    }),
  }),
})

builder.objectFields(Run, t => ({
  graph: t.field({
    type: Graph,
    nullable: true,
    resolve: (run, _, context) => knownState(context, run.id, 'now'),
  }),
  stateAt: t.field({
    type: RunState,
    nullable: true,
    description: 'After the event `seq`, or after the newest one where `seq` is beyond it.',
    args: { seq: t.arg.int({ required: true, description: 'From 1.' }) },
    resolve: (run, { seq }, context) => (seq < 1 ? null : knownState(context, run.id, seq)),
  }),
}))
