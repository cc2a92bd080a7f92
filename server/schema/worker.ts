import type { WorkerRow } from '../../db/rows.ts'
import { builder } from './builder.ts'
import { answer, resultOf } from './results.ts'

const WorkerClass = builder.objectRef<{ name: string; slots: number }>('WorkerClass').implement({
  fields: t => ({
    name: t.exposeString('name'),
    slots: t.exposeInt('slots', { description: 'Tasks of this class that it does at once.' }),
  }),
})

const WorkerSandbox = builder.objectRef<NonNullable<WorkerRow['sandbox']>>('WorkerSandbox').implement({
  fields: t => ({
    driver: t.exposeString('driver'),
    available: t.exposeBoolean('available'),
    reason: t.exposeString('reason', { description: 'Why it is not; empty otherwise.' }),
  }),
})

export const WorkerRef = builder.objectRef<WorkerRow>('Worker').implement({
  description: 'A process that does tasks.',
  fields: t => ({
    id: t.exposeID('id', { description: 'The name by which events call it.' }),
    host: t.exposeString('host'),
    pid: t.exposeInt('pid'),
    version: t.exposeString('version'),
    classes: t.field({
      type: [WorkerClass],
      resolve: worker => Object.entries(worker.classes).map(([name, slots]) => ({ name, slots })),
    }),
    active: t.exposeInt('active', { description: 'Tasks that it does now.' }),
    draining: t.exposeBoolean('draining', { description: 'It finishes what it does and takes nothing new.' }),
    sandbox: t.expose('sandbox', { type: WorkerSandbox, nullable: true }),
    startedAt: t.expose('startedAt', { type: 'DateTime' }),
    heartbeatAt: t.expose('heartbeatAt', {
      type: 'DateTime',
      description: 'When it showed itself last, on the clock of Postgres.',
    }),
  }),
})

builder.queryField('workers', t =>
  t.field({
    type: [WorkerRef],
    description: 'Those that showed themselves in the last minute, oldest first.',
    resolve: (_, __, { reads }) => reads.workers.recent(),
  }),
)

const DrainWorkersInput = builder.inputType('DrainWorkersInput', {
  fields: t => ({ ids: t.idList({ description: 'Which; all of them unless told.' }) }),
})

const DrainWorkersPayload = builder.objectRef<{ workers: WorkerRow[] }>('DrainWorkersPayload').implement({
  fields: t => ({
    workers: t.field({ type: [WorkerRef], description: 'Those that drain now.', resolve: payload => payload.workers }),
  }),
})

builder.mutationField('drainWorkers', t =>
  t.field({
    type: resultOf(DrainWorkersPayload),
    description: 'Asks workers to finish what they do and to take nothing new, until they are started again.',
    args: { input: t.arg({ type: DrainWorkersInput, required: true }) },
    resolve: (_, { input }, { reads }) =>
      answer(async () => ({ workers: await reads.workers.drain(input.ids ?? null) })),
  }),
)
