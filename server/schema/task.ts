import { numberKey, pageRequest } from '../../db/page.ts'
import type { RunRow, TaskRow } from '../../db/rows.ts'
import type { TaskEvent } from '../../db/tenant-tasks.ts'
import type { Json } from '../../domain/json.ts'
import type { EventData, EventType } from '../../domain/run/events.ts'
import { upcast } from '../../domain/run/upcast.ts'
import { inflate } from '../../queues/json-blobs.ts'
import type { Context } from '../context.ts'
import { builder } from './builder.ts'
import { toConnection } from './connection.ts'
import { taskKey } from './node-id.ts'
import { Run } from './run.ts'
import { TaskFactsRef, TaskStatusEnum } from './task-facts.ts'

export const Task = builder.objectRef<TaskRow>('Task')

builder.node(Task, {
  description: 'One step of a run.',
  interfaces: [TaskFactsRef],
  id: { resolve: task => taskKey(task.runId, task.index) },
  loadMany: (keys, { load }) => keys.map(key => load.task.load(fromTaskKey(key))),
  isTypeOf: value => 'runId' in (value as object),
  fields: t => ({
    run: t.field({ type: Run, nullable: true, resolve: (task, _, { load }) => load.run.load(task.runId) }),
    childRun: t.field({
      type: Run,
      nullable: true,
      description: 'The run that it is, where it is one.',
      resolve: (task, _, { load }) => (task.childRunId === null ? null : load.run.load(task.childRunId)),
    }),
    needs: t.intList({
      description: 'Indices of the tasks that it waits for.',
      resolve: async (task, _, context) => [...(await plan(task, context)).needs],
    }),
    optional: t.boolean({
      description: 'It may fail without failing the run.',
      resolve: async (task, _, context) => (await plan(task, context)).optional,
    }),
    timeoutMs: t.int({
      description: 'How long one try may take.',
      resolve: async (task, _, context) => (await plan(task, context)).timeoutMs,
    }),
    input: t.field({
      type: 'JSON',
      nullable: true,
      description: 'As planned, references not yet replaced.',
      resolve: async (task, _, context) => (await plan(task, context)).input,
    }),
    item: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The element of the fan-out that it is for.',
      resolve: async (task, _, context) => (await plan(task, context)).item,
    }),
    output: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What it gave to the tasks that need it, once it succeeded.',
      resolve: (task, _, context) => output(task, context),
    }),
  }),
})

const fromTaskKey = (key: string) => {
  const [runId = '', index = ''] = key.split(':')
  return { runId, index: Number(index) }
}

async function plan(task: TaskRow, { load }: Context): Promise<EventData<'TaskPlanned'>> {
  const data = dataOf('TaskPlanned', await load.taskPlanned.load(task))
  if (data === null) throw new Error(`task ${task.index} of run ${task.runId} does not begin with TaskPlanned`)
  return data
}

/** A large output is kept as a blob, and the event only refers to it. */
async function output(task: TaskRow, { load, reads }: Context): Promise<Json> {
  if (task.status !== 'SUCCEEDED') return null
  const stored = dataOf('TaskSucceeded', await load.taskSucceeded.load(task))?.output ?? null
  return inflate(reads.blobs, stored)
}

function dataOf<T extends EventType>(type: T, stored: TaskEvent | null): EventData<T> | null {
  const event = stored === null ? null : upcast(stored)
  return event?.type === type ? (event.data as EventData<T>) : null
}

const TaskConnection = builder.connectionObject({ type: Task, name: 'TaskConnection' })

builder.objectFields(Run, t => ({
  task: t.field({
    type: Task,
    nullable: true,
    args: { index: t.arg.int({ required: true }) },
    resolve: (run, { index }, { load }) => load.task.load({ runId: run.id, index }),
  }),
  tasks: t.connection(
    {
      type: Task,
      description: 'By index.',
      args: { statuses: t.arg({ type: [TaskStatusEnum] }) },
      resolve: async (run: RunRow, { statuses = null, ...args }, { load }) => {
        const page = await load.taskPage(run.id, { ...pageRequest(args, numberKey), statuses })
        return toConnection(
          page,
          task => String(task.index),
          () => load.taskCount(run.id, { statuses }),
        )
      },
    },
    TaskConnection,
  ),
}))
