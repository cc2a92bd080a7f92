/** What is shown of a task, as it is now (`Task`) and as it was at some event (`TaskState`): the same fields of both. */
import type { Task as FoldedTask } from '../../domain/run/state.ts'
import { taskStatuses } from '../../domain/run/state.ts'
import { builder } from './builder.ts'
import { FailureRef } from './failure.ts'

export const TaskStatusEnum = builder.enumType('TaskStatus', {
  description:
    'WAITING: for a retry, a sub-run or the elements of a fan-out · BLOCKED: its surroundings are at fault · the last five are ends.',
  values: taskStatuses,
})

const TaskKind = builder.enumType('TaskKind', {
  description: 'WORK: an agent does it · MAP: fans out over a list · RUN: is a run of its own.',
  values: { WORK: { value: 'work' }, MAP: { value: 'map' }, RUN: { value: 'run' } } as const,
})

type Moment = Date | number | null
/** What a row of `tasks` and a folded task have in common; the one holds its moments as Date, the other as milliseconds. */
export type TaskFacts = Pick<
  FoldedTask,
  | 'index'
  | 'key'
  | 'title'
  | 'kind'
  | 'uses'
  | 'status'
  | 'workerClass'
  | 'priority'
  | 'attempt'
  | 'epoch'
  | 'worker'
  | 'groupIndex'
  | 'error'
> & { readyAt: Moment; startedAt: Moment; endedAt: Moment }

export const TaskFactsRef = builder.interfaceRef<TaskFacts>('TaskFacts').implement({
  description: 'What is shown of a task, as it is now and as it was at some event.',
  resolveType: task => ('runId' in task ? 'Task' : 'TaskState'),
  fields: t => ({
    index: t.exposeInt('index', { description: 'Its number in the run, from 0.' }),
    key: t.exposeString('key', { description: 'Name of the step; elements of a fan-out add their number.' }),
    title: t.exposeString('title'),
    kind: t.expose('kind', { type: TaskKind }),
    uses: t.exposeString('uses', { description: 'Name of the agent or, for RUN, of the workflow.' }),
    status: t.expose('status', { type: TaskStatusEnum }),
    workerClass: t.exposeString('workerClass'),
    priority: t.exposeInt('priority', { description: 'Higher comes first.' }),
    attempt: t.exposeInt('attempt', { description: 'The current or last try, from 1; 0 before the first.' }),
    epoch: t.exposeInt('epoch', { description: 'How often it was claimed.' }),
    worker: t.exposeString('worker', { nullable: true, description: 'Who works on it now.' }),
    groupIndex: t.exposeInt('groupIndex', { nullable: true, description: 'The fan-out that it is an element of.' }),
    error: t.field({
      type: FailureRef,
      nullable: true,
      description: 'Why its last try failed.',
      resolve: task => task.error,
    }),
    readyAt: t.expose('readyAt', { type: 'DateTime', nullable: true }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true }),
  }),
})
