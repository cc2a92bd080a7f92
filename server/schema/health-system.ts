/** How the installation is: services, database, queues, what went wrong lately, and what to do about it. */
import type { DatabaseFigures } from '../../db/database-figures.ts'
import type { OperationFigures, QueueFigures } from '../../db/tenant-operations.ts'
import { type Advice, adviceLevels } from '../advice.ts'
import { every } from '../live/every.ts'
import { lookAtSystem, type ProcessFigures, type SystemReport } from '../system.ts'
import { builder } from './builder.ts'
import { HealthRef } from './health.ts'
import { Task } from './task.ts'
import { WorkerRef } from './worker.ts'

const named = (name: string, description: string) =>
  builder.objectRef<{ name: string; count: number }>(name).implement({
    description,
    fields: t => ({ name: t.exposeString('name'), count: t.exposeInt('count') }),
  })
const ConnectionCount = named('DatabaseConnections', 'Open connections that came under one name.')
const RunCount = named('OpenRuns', 'Runs of one status that have not come to an end.')

const Table = builder.objectRef<DatabaseFigures['tables'][number]>('DatabaseTable').implement({
  fields: t => ({
    name: t.exposeString('name'),
    rows: t.field({ type: 'BigInt', description: 'About.', resolve: table => table.rows }),
    bytes: t.field({ type: 'BigInt', description: 'With its indexes.', resolve: table => table.bytes }),
  }),
})

const Database = builder.objectRef<DatabaseFigures>('Database').implement({
  description: 'Of the whole database, whoever it belongs to.',
  fields: t => ({
    version: t.exposeString('version'),
    bytes: t.field({ type: 'BigInt', resolve: one => one.bytes }),
    connections: t.field({ type: [ConnectionCount], resolve: one => one.connections }),
    mostConnections: t.exposeInt('mostConnections'),
    lockWaits: t.exposeInt('lockWaits', { description: 'Statements that wait for a lock.' }),
    cacheHits: t.exposeFloat('cacheHits', { nullable: true, description: 'Share of pages found in memory, 0 … 1.' }),
    deadlocks: t.field({ type: 'BigInt', description: 'Since its figures were reset.', resolve: one => one.deadlocks }),
    rollbacks: t.field({ type: 'BigInt', resolve: one => one.rollbacks }),
    tables: t.field({ type: [Table], description: 'The largest eight.', resolve: one => one.tables }),
    answeredMs: t.exposeFloat('answeredMs', { description: 'How long it took to say this.' }),
  }),
})

const Queue = builder.objectRef<QueueFigures>('WorkQueue').implement({
  description: 'Work of one class.',
  fields: t => ({
    workerClass: t.exposeString('workerClass'),
    ready: t.exposeInt('ready', { description: 'Tasks that could begin.' }),
    ticketed: t.exposeInt('ticketed', { description: 'Of these, told to workers already.' }),
    atWork: t.exposeInt('atWork'),
    oldestMs: t.exposeFloat('oldestMs', { nullable: true, description: 'How long the oldest has been ready.' }),
    slots: t.exposeInt('slots', { description: 'Tasks that the workers that live can do at once.' }),
    workers: t.exposeInt('workers'),
  }),
})

const Work = builder.objectRef<OperationFigures>('WorkFigures').implement({
  fields: t => ({
    queues: t.field({ type: [Queue], resolve: one => one.queues }),
    openRuns: t.field({
      type: [RunCount],
      resolve: one => one.openRuns.map(({ status, count }) => ({ name: status, count })),
    }),
    timers: t.int({ description: 'Retries, timeouts and deadlines to come.', resolve: one => one.timers.count }),
    timersOverdue: t.int({ description: 'By more than 10 s.', resolve: one => one.timers.overdue }),
    nextTimerMs: t.float({ nullable: true, resolve: one => one.timers.nextMs }),
    leasesHeld: t.int({ resolve: one => one.leases.held }),
    leasesExpired: t.int({ resolve: one => one.leases.expired }),
    reservations: t.int({
      description: 'Model calls that money is held back for.',
      resolve: one => one.reservations.count,
    }),
    reserved: t.field({ type: 'BigInt', description: 'Micro-dollars.', resolve: one => one.reservations.micros }),
    openApprovals: t.exposeInt('openApprovals'),
  }),
})

const Process = builder.objectRef<ProcessFigures>('ServerProcess').implement({
  description: 'The process that answers.',
  fields: t => ({
    pid: t.exposeInt('pid'),
    uptimeMs: t.exposeFloat('uptimeMs'),
    memoryBytes: t.field({ type: 'BigInt', resolve: one => one.memoryBytes }),
    heapBytes: t.field({ type: 'BigInt', resolve: one => one.heapBytes }),
    pool: t.exposeInt('pool', { description: 'Connections to Postgres that requests may use at once.' }),
  }),
})

const AdviceRef = builder.objectRef<Advice>('Advice').implement({
  description: 'What is wrong, and what can be done about it.',
  fields: t => ({
    level: t.field({
      type: builder.enumType('AdviceLevel', {
        description: 'ERROR: work stands still · WARNING: it will, or is slow · NOTE: good to know.',
        values: adviceLevels,
      }),
      resolve: advice => advice.level,
    }),
    subject: t.exposeString('subject'),
    what: t.exposeString('what'),
    mend: t.exposeString('mend'),
  }),
})

const System = builder.objectRef<SystemReport>('System').implement({
  description: 'How the installation is. What belongs to somebody is counted for your organisation only.',
  fields: t => ({
    health: t.expose('health', { type: HealthRef }),
    process: t.expose('process', { type: Process }),
    database: t.expose('database', { type: Database, nullable: true, description: 'Null where it does not answer.' }),
    work: t.expose('work', { type: Work, nullable: true }),
    workers: t.field({ type: [WorkerRef], resolve: report => [...report.workers] }),
    goneWrong: t.field({
      type: [Task],
      description: 'The newest 20 tasks that ended FAILED or BLOCKED.',
      resolve: report => [...report.goneWrong],
    }),
    advice: t.field({
      type: [AdviceRef],
      description: 'The most pressing first.',
      resolve: report => [...report.advice],
    }),
  }),
})

const beatMs = 2_000

builder.queryField('system', t =>
  t.field({ type: System, description: 'Looks now.', resolve: (_, __, context) => lookAtSystem(context) }),
)

builder.subscriptionField('healthChanged', t =>
  t.field({
    type: System,
    description: 'How the installation is: at once, then every two seconds while somebody watches.',
    subscribe: () => every(beatMs),
    resolve: (_, __, context) => lookAtSystem(context),
  }),
)
