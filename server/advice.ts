/** What is wrong, and what an operator can do about it: read off the figures, nothing more. */
import type { ProviderState } from '../agents/providers/resilience.ts'
import type { DatabaseFigures } from '../db/database-figures.ts'
import type { OperationFigures, QueueFigures } from '../db/tenant-operations.ts'
import type { HealthReport } from './health.ts'

/** ERROR: work stands still · WARNING: it will, or is slower than it could be · NOTE: good to know. */
export const adviceLevels = ['ERROR', 'WARNING', 'NOTE'] as const
export type Advice = {
  level: (typeof adviceLevels)[number]
  /** The part that it is about. */
  subject: string
  /** What was seen, with its figures. */
  what: string
  mend: string
}

export type Seen = {
  health: HealthReport
  /** null where it could not be read. */
  work: OperationFigures | null
  database: DatabaseFigures | null
  providers: readonly ProviderState[]
  /** What to set so that a real model can be asked; null where one can. */
  missingModel: string | null
}

const longWaitMs = 60_000
const slowAnswerMs = 500
const oldReservationMs = 15 * 60_000
/** Share of the connections that Postgres allows. */
const crowded = 0.8

/** The most pressing first. */
export function adviceOn(seen: Seen): Advice[] {
  const all = [
    ...fromHealth(seen.health),
    ...(seen.work === null ? [] : fromWork(seen.work)),
    ...(seen.database === null ? [] : fromDatabase(seen.database)),
    ...fromProviders(seen),
  ]
  return all.sort((a, b) => adviceLevels.indexOf(a.level) - adviceLevels.indexOf(b.level))
}

const advice = (level: Advice['level'], subject: string, what: string, mend: string): Advice => ({
  level,
  subject,
  what,
  mend,
})

const fromHealth = ({ checks }: HealthReport): Advice[] =>
  checks
    .filter(({ status }) => status !== 'OK')
    .map(({ name, status, reason, mend }) => advice(status === 'DOWN' ? 'ERROR' : 'WARNING', name, reason, mend))

function fromWork({ queues, timers, leases, reservations }: OperationFigures): Advice[] {
  return [
    ...queues.flatMap(fromQueue),
    ...(timers.overdue === 0
      ? []
      : [
          advice(
            'WARNING',
            'timers',
            `${some(timers.overdue, 'timer')} should have fired more than 10 s ago.`,
            'A worker looks for what is due every two seconds: see that one is at work, and that Postgres answers.',
          ),
        ]),
    ...(leases.expired === 0
      ? []
      : [
          advice(
            'NOTE',
            'leases',
            `${some(leases.expired, 'lease')} ran out: whoever held ${leases.expired === 1 ? 'it' : 'them'} is gone.`,
            'Nothing has to be done: the next look gives the tasks to others.',
          ),
        ]),
    ...(reservations.oldestMs === null || reservations.oldestMs < oldReservationMs
      ? []
      : [
          advice(
            'NOTE',
            'money',
            `${some(reservations.count, 'reservation')} of calls under way; the oldest is ${minutes(reservations.oldestMs)} old.`,
            'Those of calls that nobody makes any more count as spent after a quarter of an hour.',
          ),
        ]),
  ]
}

function fromQueue({ workerClass, ready, atWork, slots, oldestMs }: QueueFigures): Advice[] {
  if (ready === 0) return []
  const waiting = `${some(ready, 'task')} of class ${workerClass} ${ready === 1 ? 'waits' : 'wait'}`
  if (slots === 0)
    return [
      advice('ERROR', 'queue', `${waiting}, and no worker takes such.`, 'Start one: ORRERY_ROLE=worker npm start.'),
    ]
  if (oldestMs === null || oldestMs < longWaitMs) return []
  const isFull = atWork >= slots
  return [
    advice(
      'WARNING',
      'queue',
      `${waiting}, the longest for ${minutes(oldestMs)}; ${atWork} of ${slots} places are taken.`,
      isFull
        ? 'Start another worker, or raise ORRERY_WORKER_CONCURRENCY and ORRERY_SANDBOX_CONCURRENCY.'
        : 'Places are free: a run is paused, or it or its project is at its limit (maxParallel).',
    ),
  ]
}

function fromDatabase({ connections, mostConnections, lockWaits, answeredMs }: DatabaseFigures): Advice[] {
  const open = connections.reduce((sum, { count }) => sum + count, 0)
  return [
    ...(open < crowded * mostConnections
      ? []
      : [
          advice(
            'WARNING',
            'postgres',
            `${open} of ${mostConnections} connections are open.`,
            'Lower ORRERY_DATABASE_POOL, or raise max_connections of Postgres.',
          ),
        ]),
    ...(lockWaits < 5
      ? []
      : [
          advice(
            'WARNING',
            'postgres',
            `${lockWaits} statements wait for locks.`,
            'Look for a transaction from outside that stays open: select * from pg_stat_activity.',
          ),
        ]),
    ...(answeredMs < slowAnswerMs
      ? []
      : [
          advice(
            'WARNING',
            'postgres',
            `It took ${Math.round(answeredMs)} ms to answer.`,
            'See whether its disk or its processors are busy.',
          ),
        ]),
  ]
}

function fromProviders({ providers, missingModel }: Seen): Advice[] {
  const missing = missingModel === null ? [] : [advice('NOTE', 'models', 'No real model can be asked.', missingModel)]
  return [...missing, ...providers.flatMap(provider => [provider, ...provider.models].flatMap(fromGate))]
}

function fromGate(gate: ProviderState | ProviderState['models'][number]): Advice[] {
  const name = 'id' in gate ? gate.id : gate.name
  const said = gate.lastError?.message ?? ''
  if (gate.status === 'UNAUTHORISED')
    return [advice('ERROR', 'models', `${name} refuses its key. ${said}`.trim(), 'Set a valid key and start again.')]
  return gate.breaker === 'open'
    ? [
        advice(
          'WARNING',
          'models',
          `${name} failed too often and is left alone for a while. ${said}`.trim(),
          'It is tried again by itself; other models take its calls meanwhile.',
        ),
      ]
    : []
}

const some = (count: number, noun: string): string => `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
const minutes = (ms: number): string => (ms < 90_000 ? `${Math.round(ms / 1_000)} s` : `${Math.round(ms / 60_000)} min`)
