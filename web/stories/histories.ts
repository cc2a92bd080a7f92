/** Named histories to look at the page with. Decided by the domain, as real ones are; only the work is made up. */
import type { RecordedEvent } from '../../domain/run/events.ts'
import type { WorkflowInput } from '../../domain/workflow.ts'
import { change, hostile, huge, many, patch } from './change.ts'
import { begin, type Driver, driver, type History } from './driver.ts'
import { long, team } from './team.ts'

const analyzers = [
  { id: 'lint', title: 'Lint' },
  { id: 'types', title: 'Types' },
  { id: 'duplicates', title: 'Duplicates' },
  { id: 'complexity', title: 'Complexity' },
  { id: 'dead-code', title: 'Dead code' },
  { id: 'dependencies', title: 'Dependencies' },
  { id: 'cycles', title: 'Import cycles' },
  { id: 'secrets', title: 'Secrets' },
  { id: 'hotspots', title: 'Hotspots' },
]

const audit: WorkflowInput = {
  name: 'repository-audit',
  version: 3,
  title: 'Audit of orders-service',
  description: 'Examines a repository from all sides and reports what to look at first.',
  variables: [{ name: 'repo', type: 'string', description: 'Path or git URL', required: true }],
  maxParallel: 4,
  steps: [
    { key: 'checkout', title: 'Check out the repository', agent: 'git.checkout' },
    { key: 'environment', title: 'Examine the environment', agent: 'environment.doctor', needs: ['checkout'] },
    {
      key: 'analyses',
      title: '{item.title}',
      agent: 'analyzer.{item.id}',
      needs: ['environment'],
      forEach: 'tasks.environment.output.analyzers',
      optional: true,
      retry: { maxAttempts: 3, backoffMs: 2_000 },
    },
    {
      key: 'tests',
      title: 'Run the tests',
      agent: 'tests.runner',
      needs: ['environment'],
      optional: true,
      timeoutMs: 600_000,
    },
    {
      key: 'report',
      title: 'Write the report',
      agent: 'report.audit',
      needs: ['analyses', 'tests', 'checkout'],
      trigger: 'all-done',
    },
  ],
}

/** Up to the fan-out: elements are tasks 5 … 13. */
function beginning(): Driver {
  const run = driver(audit, { repo: 'https://example.org/orders-service.git' })
  run.claim(0, 240)
  run.call(0, 'git', 'clone --depth=500 https://example.org/orders-service.git', 300, 2_350)
  run.call(0, 'git', 'log --numstat, for the churn of each file', 2_700, 640)
  run.finish(0, 3_500, { commit: '4f1c0d2', files: 412 }, ['repository'])
  run.claim(1, 3_640)
  run.call(1, 'files', 'manifests and lock files', 3_700, 180)
  run.call(1, 'shell', 'node --version; npm --version; python3 --version', 3_950, 410)
  run.finish(1, 4_600, { analyzers }, ['environment'])
  return run
}

/** In the middle: analyses at work, one of them tried again. */
export function running(): History {
  const run = beginning()
  run.claim(3, 4_800)
  run.call(3, 'shell', 'npx vitest run --reporter=json', 4_900, null)
  for (const [index, at] of [
    [5, 4_850],
    [6, 4_900],
    [7, 5_000],
  ] as const)
    run.claim(index, at)
  run.call(6, 'tsc', '--noEmit -p tsconfig.json', 5_050, null)
  run.call(5, 'eslint', '186 files', 5_100, 2_700, 1)
  run.finish(5, 8_000, { findings: 23 }, ['lint'])
  run.call(7, 'jscpd', '412 files', 8_050, 500)
  run.finish(7, 8_600, { findings: 4 })
  run.claim(8, 8_750)
  run.call(8, 'complexity', '186 files', 8_800, 1_200)
  run.claim(9, 10_050)
  run.finish(8, 10_200, { findings: 9 })
  run.claim(10, 10_300)
  run.fail(10, 12_100, {
    message: 'npm ls ended with exit code 1: extraneous: left-pad@1.3.0',
    hint: 'The lock file and node_modules differ; npm ci mends it.',
  })
  run.claim(11, 12_300)
  run.call(11, 'madge', 'import graph of 186 modules', 12_400, null)
  return run.history.events
}

/** To its good end, with every kind of artifact. */
export function succeeded(): History {
  const run = beginning()
  run.claim(3, 4_800)
  run.call(3, 'shell', 'npx vitest run --reporter=json', 4_900, 21_400, 1)
  for (let index = 5; index <= 13; index++) {
    const from = 4_900 + (index - 5) * 1_450
    run.claim(index, from)
    run.call(index, analyzers[index - 5]?.id ?? '', '186 files', from + 90, 1_100)
    run.finish(index, from + 1_300, { findings: 3 }, index === 5 ? ['lint'] : [])
  }
  run.finish(3, 26_500, { passed: 212, failed: 3 }, ['tests'])
  run.claim(4, 26_700)
  run.call(4, 'report', 'merge, deduplicate and rank 51 findings', 26_800, 380)
  run.finish(4, 27_400, { findings: 51 }, ['markdown', 'audit', 'sarif'])
  return run.history.events
}

/** Everything that can go wrong in a task. */
export function failed(): History {
  const run = driver({ ...audit, title: 'Audit of legacy-billing' }, { repo: '/srv/repos/legacy-billing' })
  run.claim(0, 300)
  run.finish(0, 2_000, { commit: '99ab012' }, ['repository'])
  run.claim(1, 2_200)
  run.fail(
    1,
    3_000,
    {
      code: 'SANDBOX_UNAVAILABLE',
      message: 'The sandbox may not create user namespaces on this machine.',
      hint: 'sysctl kernel.unprivileged_userns_clone=1, then retry this task.',
      retryable: false,
    },
    true,
  )
  run.claim(4, 3_200)
  run.fail(4, 3_900, { message: 'There is nothing to report: no analysis ran.', retryable: false })
  return run.history.events
}

export function paused(): History {
  const run = beginning()
  run.claim(3, 4_800)
  run.claim(5, 4_900)
  run.history.say(
    { type: 'PauseRun', reason: 'asked by Owner' },
    { now: begin + 6_000, actor: { kind: 'person', id: 'owner', name: 'Owner' } },
  )
  return run.history.events
}

/** A graph of 300 tasks in layers, each with up to three needs. */
export function wide(): History {
  const steps = Array.from({ length: 300 }, (_, index) => {
    const layer = Math.floor(index / 20)
    const needs = layer === 0 ? [] : [0, 7, 13].map(offset => `task-${(layer - 1) * 20 + ((index + offset) % 20)}`)
    return { key: `task-${index}`, title: `Task ${index}`, agent: 'echo', needs: [...new Set(needs)] }
  })
  const run = driver(
    { name: 'wide', version: 1, title: 'Three hundred tasks', description: '', maxParallel: 20, steps },
    {},
  )
  for (let turn = 0; turn < 140; turn++) {
    const next = run.history.run.tasks.find(task => task.status === 'READY')
    if (next === undefined) break
    run.claim(next.index, 500 + turn * 100)
    if (turn < 125) run.finish(next.index, 560 + turn * 100)
  }
  return run.history.events
}

/** A fan-out over 600 elements, far beyond what a picture can show singly. */
export function crowded(): History {
  const items = Array.from({ length: 600 }, (_, index) => `package-${index}`)
  const run = driver(
    {
      name: 'monorepo-check',
      version: 1,
      title: 'Check six hundred packages',
      description: '',
      maxParallel: 32,
      steps: [
        { key: 'find', title: 'Find the packages', agent: 'files.find' },
        {
          key: 'check',
          title: 'Check {item}',
          agent: 'check.package',
          needs: ['find'],
          forEach: 'tasks.find.output.items',
          optional: true,
        },
        { key: 'report', title: 'Write the report', agent: 'report.short', needs: ['check'], trigger: 'all-done' },
      ],
    },
    {},
  )
  run.claim(0, 200)
  run.finish(0, 900, { items })
  for (let index = 0; index < 420; index++) {
    const task = index + 3
    run.claim(task, 1_000 + index * 60)
    if (index >= 396) continue
    if (index % 61 === 7) run.fail(task, 1_040 + index * 60, { message: 'no package.json', retryable: false })
    else run.finish(task, 1_040 + index * 60)
  }
  return run.history.events
}

/** 100,000 events: one task that makes very many calls. */
export function endless(count = 100_000): History {
  const run = driver(
    {
      name: 'long-job',
      version: 1,
      title: 'A very long job',
      description: '',
      steps: [{ key: 'work', title: 'Work', agent: 'shell', timeoutMs: 86_400_000 }],
    },
    {},
  )
  run.claim(0, 100)
  const [first] = run.history.say(
    { type: 'StartToolCall', taskIndex: 0, epoch: 1, call: 0, tool: 'shell', summary: 'make' },
    { now: begin + 200 },
  )
  const events = [...run.history.events]
  if (first === undefined) throw new Error('the call decided nothing')
  while (events.length < count) {
    const seq = events.length + 1
    events.push({
      ...first,
      data: { ...first.data, summary: `make target-${seq}` },
      seq,
      at: begin + seq * 10,
    } as RecordedEvent)
  }
  return events
}

export const histories = {
  running,
  succeeded,
  failed,
  paused,
  wide,
  crowded,
  endless,
  team,
  long,
  change,
  patch,
  huge,
  hostile,
  many,
} as const
export type HistoryName = keyof typeof histories
