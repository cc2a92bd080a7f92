/** How the stories' house is: services, database, queue, workers, and what is wrong. */
import { ago, type OfRun } from './ago.ts'

const trouble = (place: number, title: string, code: string, message: string, { runId }: OfRun) => ({
  __typename: 'Task',
  id: `tsk_trouble_${place}`,
  index: place,
  title,
  status: code === 'SANDBOX_UNAVAILABLE' ? 'BLOCKED' : 'FAILED',
  uses: place % 2 === 0 ? 'code-generator' : 'code.tests',
  endedAt: ago(place * 50 + 6),
  error: { __typename: 'Failure', code, message, hint: '' },
  run: { __typename: 'Run', id: runId, title: 'Fix a bug: totals are rounded twice' },
})

/** `well`: nothing is wrong. */
export const healthAnswer = (well: boolean, run: OfRun) => ({
  __typename: 'System',
  health: {
    __typename: 'Health',
    status: well ? 'OK' : 'DEGRADED',
    version: '0.4.0',
    startedAt: ago(4_000),
    checks: [
      ['postgres', 'OK', '', ''],
      ['redis', 'OK', '', ''],
      ['worker', 'OK', '2 at work', ''],
      well
        ? ['sandbox', 'OK', 'bubblewrap', '']
        : [
            'sandbox',
            'DEGRADED',
            'unprivileged user namespaces are switched off',
            'orrery doctor shows what is missing.',
          ],
    ].map(([name, status, reason, mend]) => ({ __typename: 'HealthCheck', name, status, reason, mend })),
  },
  process: {
    __typename: 'ServerProcess',
    pid: 4_120,
    uptimeMs: 240_000_000,
    memoryBytes: 214_000_000,
    heapBytes: 98_000_000,
    pool: 10,
  },
  database: {
    __typename: 'Database',
    version: '18.4',
    bytes: 4_120_000_000,
    mostConnections: 100,
    lockWaits: 0,
    cacheHits: 0.9962,
    deadlocks: 0,
    rollbacks: 14,
    answeredMs: 3.4,
    connections: [
      { __typename: 'DatabaseConnections', name: 'orrery', count: 18 },
      { __typename: 'DatabaseConnections', name: 'orrery requests', count: 9 },
      { __typename: 'DatabaseConnections', name: 'psql', count: 1 },
    ],
    tables: [
      ['blob_chunks', 41_000, 2_900_000_000],
      ['events', 1_210_300, 902_000_000],
      ['tasks', 48_000, 61_000_000],
      ['runs', 2_104, 4_000_000],
    ].map(([name, rows, bytes]) => ({ __typename: 'DatabaseTable', name, rows, bytes })),
  },
  work: {
    __typename: 'WorkFigures',
    timers: 12,
    timersOverdue: 0,
    nextTimerMs: 41_000,
    leasesHeld: 7,
    leasesExpired: 0,
    reservations: 3,
    reserved: 240_000,
    openApprovals: 3,
    openRuns: [
      { __typename: 'OpenRuns', name: 'RUNNING', count: 4 },
      { __typename: 'OpenRuns', name: 'WAITING', count: 2 },
    ],
    queues: [
      {
        __typename: 'WorkQueue',
        workerClass: 'light',
        ready: 0,
        ticketed: 0,
        atWork: 3,
        oldestMs: null,
        slots: 12,
        workers: 2,
      },
      {
        __typename: 'WorkQueue',
        workerClass: 'sandbox',
        ready: well ? 0 : 19,
        ticketed: 4,
        atWork: 4,
        oldestMs: well ? null : 184_000,
        slots: 4,
        workers: 2,
      },
    ],
  },
  workers: [0, 1].map(place => ({
    __typename: 'Worker',
    id: `worker-${place}`,
    host: `build-${place + 1}`,
    pid: 900 + place,
    version: '0.4.0',
    active: place === 0 ? 5 : 2,
    draining: place === 1 && !well,
    heartbeatAt: ago(0.02),
    startedAt: ago(4_000),
    classes: [
      { __typename: 'WorkerClass', name: 'sandbox', slots: 2 },
      { __typename: 'WorkerClass', name: 'light', slots: 6 },
    ],
    sandbox:
      place === 1 && !well
        ? {
            __typename: 'WorkerSandbox',
            driver: 'bubblewrap',
            available: false,
            reason: 'unprivileged user namespaces are switched off',
          }
        : { __typename: 'WorkerSandbox', driver: 'bubblewrap', available: true, reason: '' },
  })),
  goneWrong: well
    ? []
    : [
        trouble(0, 'Mend the rounding', 'TASK_FAILED', 'its CodePatch scores 0.31, and 0.6 is asked for', run),
        trouble(
          1,
          'Tests',
          'SANDBOX_UNAVAILABLE',
          'the sandbox is not usable: unprivileged user namespaces are switched off',
          run,
        ),
      ],
  advice: well
    ? []
    : [
        ['WARNING', 'sandbox', 'unprivileged user namespaces are switched off', 'orrery doctor shows what is missing.'],
        [
          'WARNING',
          'queue',
          '19 tasks of class sandbox wait, the longest for 3 min; 4 of 4 places are taken.',
          'Start another worker, or raise ORRERY_WORKER_CONCURRENCY and ORRERY_SANDBOX_CONCURRENCY.',
        ],
        [
          'NOTE',
          'models',
          'No real model can be asked.',
          'Set one of ANTHROPIC_API_KEY, OPENAI_API_KEY, GEMINI_API_KEY.',
        ],
      ].map(([level, subject, what, mend]) => ({ __typename: 'Advice', level, subject, what, mend })),
})
