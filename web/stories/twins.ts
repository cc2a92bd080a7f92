/** The server's part, played by histories. */
import { toGlobalId } from '../../domain/ids.ts'
import type { Json } from '../../domain/json.ts'
import { holderOf, searchedText } from '../../domain/run/event-search.ts'
import type { RecordedEvent } from '../../domain/run/events.ts'
import { fold } from '../../domain/run/state.ts'
import type { Live } from '../lib/live.ts'
import { forked } from './change.ts'
import type { History } from './driver.ts'
import { running } from './histories.ts'
import { houseAnswers, houseMessage } from './house.ts'
import { operatorAnswers, operatorWord } from './operators.ts'
import { approvalContext, openApprovals } from './people.ts'

/** The fork of the history `change`. */
const storyForkId = toGlobalId('Run', '01990000-0000-7000-8000-000000000101')
export const storyRunId = toGlobalId('Run', '01990000-0000-7000-8000-000000000001')

const project = {
  __typename: 'Project',
  id: 'prj_0199000000007000800000000000000bb',
  slug: 'orders-service',
  name: 'orders-service',
  description: '',
  repository: 'https://example.org/orders-service.git',
  simulated: false,
  maxParallel: null,
  createdAt: '2026-11-02T08:00:00.000Z',
}
const other = {
  ...project,
  id: 'prj_0199000000007000800000000000000cc',
  slug: 'legacy-billing',
  name: 'legacy-billing',
  repository: '/srv/repos/legacy-billing',
  createdAt: '2026-09-12T08:00:00.000Z',
}

/** `rate`: events a second after the first `ready` ones; 0 sends all at once. */
export function createStoryLive(history: History, { rate, ready }: { rate: number; ready: number }): Live {
  return {
    subscribe(document, variables, sink) {
      const name = document.definitions.flatMap(one =>
        'name' in one && one.name !== undefined ? [one.name.value] : [],
      )[0]
      const send = (data: unknown) => sink.data(data as never)
      const word = operatorWord(name, storyRunId, ready > 0)
      if (word !== undefined) queueMicrotask(() => send(word))
      if (name === 'RunEvents') {
        const { runId, after } = variables() as { runId: string; after: number }
        const own = runId === storyRunId
        return play(
          own ? history : runId === storyForkId ? forked() : running(),
          { rate: own ? rate : 0, ready, after },
          batch => send({ runEvents: batch }),
        )
      }
      if (name === 'TaskOutput') return print(history, variables() as Vars, chunk => send({ taskOutput: chunk }))
      if (name === 'RunsChanged' || name === 'RunHeads' || name === 'ProjectRunsChanged')
        queueMicrotask(() => send({ runsChanged: { reload: true, runs: [] } }))
      const said = houseMessage(name, storyRunId, project)
      if (said !== null) queueMicrotask(() => send(said))
      if (name === 'ApprovalsChanged') queueMicrotask(() => send({ approvalsChanged: { reload: true, approvals: [] } }))
      return () => {}
    },
  }
}

type Playing = { rate: number; ready: number; after: number }

function play(history: History, { rate, ready, after }: Playing, send: (batch: unknown) => void): () => void {
  const upTo = (to: number, from: number, status: string) =>
    send({ status, head: rate === 0 ? history.length : to, events: history.slice(from, to).map(toWire) })
  const ended = /^Run(Succeeded|Failed|Cancelled)$/.test(history.at(-1)?.type ?? '')
  let sent = rate === 0 ? history.length : Math.max(after, ready)
  const begun = setTimeout(() => upTo(sent, after, rate === 0 && ended ? 'ENDED' : 'LIVE'), 0)
  if (rate === 0) return () => clearTimeout(begun)
  const started = performance.now()
  const first = sent
  const timer = setInterval(() => {
    const to = Math.min(history.length, first + Math.floor(((performance.now() - started) / 1_000) * rate))
    if (to > sent) upTo(to, sent, to === history.length && ended ? 'ENDED' : 'LIVE')
    sent = to
  }, 50)
  return () => {
    clearTimeout(begun)
    clearInterval(timer)
  }
}

const toWire = (event: RecordedEvent) => ({
  ...event,
  runId: toGlobalId('Run', event.runId),
  at: new Date(event.at).toISOString(),
  actor: { ...event.actor, kind: event.actor.kind.toUpperCase() },
})

/** A program's output, or what a model says while it is asked something. */
function print(history: History, { taskIndex }: Vars, send: (chunk: unknown) => void): () => void {
  const asked = history.findLast(({ data }) => 'taskIndex' in data && data.taskIndex === taskIndex)
  if (asked?.type === 'ModelCallStarted') {
    const said = '[thinks] The clock is read in two places. A parameter with a default keeps the callers as they are.\n'
    const text = `\n── ${asked.data.purpose} · ${asked.data.model} ──\n${said}[says] The bucket takes its clock from outside now. I run the whole suite once more before\n[tests a1b2c3] {"command":"npx vitest run`
    send({ epoch: asked.data.epoch, offset: 0, text, end: false })
    return () => {}
  }
  const early = Array.from(
    { length: 60 },
    (_, index) => ` ✓ src/orders/pricing-${index}.test.ts (${((index * 7) % 12) + 1} tests) ${(index * 13) % 90}ms\n`,
  ).join('')
  send({ epoch: 1, offset: 0, text: `\x1b[32m RUN \x1b[0m v4.1.12 /work\n\n${early}`, end: false })
  return () => {}
}

type Vars = Record<string, unknown>

/** Answers by the name of the operation. `head`: the newest event when they are asked for. */
export function createStoryFetch(history: History, options: { empty: boolean; head: number }): typeof fetch {
  const answers: Record<string, (variables: Vars) => unknown> = {
    Projects: () => ({
      projects: { nodes: options.empty ? [] : [project, other], pageInfo: { hasNextPage: false, endCursor: null } },
    }),
    ProjectOverview: () => ({
      projects: {
        ...page(options.empty ? [] : [project, other].map((one, index) => overview(one, lines(history)[index]))),
        totalCount: 2,
      },
    }),
    Project: ({ slug }) => ({ project: [project, other].find(one => one.slug === slug) ?? null }),
    ...houseAnswers({ ...options, runId: storyRunId, project, lines: lines(history) as Json[] }),
    RunPage: ({ filter }) => ({ runs: page(options.empty ? [] : lines(history).filter(asked(filter))) }),
    RunsNow: () => ({
      open: { totalCount: 2, nodes: options.empty ? [] : lines(history).filter(one => one.endedAt === null) },
      ended: { nodes: options.empty ? [] : lines(history).filter(one => one.endedAt !== null) },
    }),
    RunFrame: () => ({ run: { __typename: 'Run', id: storyRunId, head: history.length, project, parent: null } }),
    Workflows: () => ({ workflows }),
    EventHits: ({ search, before }) => ({
      run: { __typename: 'Run', id: storyRunId, eventHits: hits(history.slice(0, options.head), search, before) },
    }),
    ForkOrigin: ({ id }) => ({ run: forkOrigin(String(id)) }),
    ForkChoices: () => ({ agents: storyRoles, providers: storyModels }),
    ForkRun: () => ({ forkRun: { __typename: 'Conflict', message: 'after event 72 nothing is left to do', hint: '' } }),
    ComparableRuns: () => ({
      runs: {
        nodes: lines(history).map(line => ({ ...(line as object), forkedFrom: null })),
      },
    }),
    OpenApprovals: () => ({ approvals: { nodes: options.empty ? [] : openApprovals(storyRunId) } }),
    ...operatorAnswers(storyRunId, options),
    ApprovalContext: ({ id }) => ({ approval: approvalContext(String(id), storyRunId) }),
    Approval: ({ id }) => ({ approval: approvalContext(String(id), storyRunId) }),
    AnswerApproval: () => ({
      answerApproval: {
        __typename: 'Conflict',
        message: 'Ada answered this before; your answer has no effect',
        hint: '',
      },
    }),
    PauseRun: () => ({ pauseRun: { __typename: 'PauseRunPayload' } }),
    ResumeRun: () => ({ resumeRun: { __typename: 'ResumeRunPayload' } }),
    CancelRun: () => ({ cancelRun: { __typename: 'Conflict', message: 'The run has ended already.', hint: '' } }),
    ResetRun: () => ({ resetRun: { __typename: 'ResetRunPayload' } }),
    RetryTask: () => ({ retryTask: { __typename: 'RetryTaskPayload' } }),
    StartRun: () => ({
      startRun: {
        __typename: 'InvalidInput',
        message: 'variables of repository-audit: repo: is no git repository; depth: must be at least 1',
        hint: '',
      },
    }),
    CreateProject: () => ({
      createProject: { __typename: 'Conflict', message: 'slug: there is a project with this slug', hint: '' },
    }),
  }
  return async (_, init) => {
    const { operationName, variables } = JSON.parse(String(init?.body)) as { operationName: string; variables: Vars }
    return Response.json({ data: answers[operationName]?.(variables) ?? null })
  }
}

/** Of the server's 10,000 events at a time. */
function hits(history: History, search: unknown, before: unknown) {
  const to = typeof before === 'number' ? before - 1 : history.length
  const from = Math.max(1, to - 9_999)
  const holds = holderOf(searchedText(String(search)))
  const seqs = history.slice(from - 1, to).filter(holds)
  return { __typename: 'RunEventHits', seqs: seqs.map(({ seq }) => seq), from, to }
}

const forkOrigin = (id: string) => ({
  __typename: 'Run',
  id,
  forkedFrom:
    id === storyForkId
      ? {
          __typename: 'RunOrigin',
          seq: 20,
          changes: {},
          reason: '',
          run: { __typename: 'Run', id: storyRunId, title: 'Round totals once' },
        }
      : null,
  forks: { totalCount: 0, nodes: [] },
})

const storyModels = [
  {
    __typename: 'Provider',
    name: 'anthropic',
    models: ['claude-opus', 'claude-haiku'].map(name => ({ __typename: 'Model', id: `anthropic/${name}`, name })),
  },
]

const storyRoles = ['spec-writer', 'project-manager', 'code-generator', 'reviewer'].map(name => ({
  __typename: 'Agent',
  name,
  title: name,
  needsModel: true,
  role: {
    __typename: 'AgentRole',
    prompt: 'You do it.',
    tools: ['read', 'edit', 'shell', 'submit'].map(tool => ({ __typename: 'AgentTool', name: tool })),
  },
}))

const page = (nodes: readonly unknown[]) => ({ nodes, pageInfo: { hasNextPage: false, endCursor: null } })

const overview = (of: object, newest: object | undefined) => ({
  ...of,
  budget: { __typename: 'Budget', spent: 17_400_000, limit: 20_000_000 },
  runs: { __typename: 'RunConnection', totalCount: 12, nodes: newest === undefined ? [] : [newest] },
})

type Line = { title: string; status: string; endedAt: string | null }

const asked = (filter: unknown) => {
  const { title, statuses } = (filter ?? {}) as { title: string | null; statuses: string[] | null }
  return (line: Line) =>
    (title === null || line.title.toLowerCase().includes(title.toLowerCase())) &&
    (statuses === null || statuses.includes(line.status))
}

function lines(history: History): Line[] {
  const run = fold(null, history.slice(0, 2_000))
  const base = Date.now()
  const line = (
    place: number,
    title: string,
    status: string,
    total: number,
    ended: number,
    failures: number,
    ranS: number,
  ) => ({
    __typename: 'Run',
    id: place === 0 ? storyRunId : `${storyRunId.slice(0, -2)}${String(90 + place)}`,
    title,
    status,
    workflow: 'repository-audit',
    head: 10,
    budget: { __typename: 'Budget', spent: place * 211_000 },
    parentTaskIndex: null,
    startedAt: new Date(base - place * 3_700_000 - 21_000).toISOString(),
    endedAt: ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(status)
      ? new Date(base - place * 3_700_000 - 21_000 + ranS * 1_000).toISOString()
      : null,
    progress: { __typename: 'RunProgress', total, ended, failed: failures },
    project: place % 3 === 1 ? other : project,
  })
  return [
    line(0, run?.title ?? 'Run', run?.status ?? 'RUNNING', 13, 6, 0, 0),
    line(1, 'Audit of legacy-billing', 'FAILED', 5, 5, 2, 4),
    line(2, 'Audit of orders-service before the release', 'SUCCEEDED', 13, 13, 0, 27),
    line(3, 'Audit of orders-service', 'PAUSED', 13, 4, 0, 0),
    line(4, 'Audit of legacy-billing', 'CANCELLED', 5, 5, 0, 190),
    line(5, 'Audit of orders-service', 'SUCCEEDED', 13, 13, 1, 3_722),
  ]
}

const workflows = [
  {
    __typename: 'Workflow',
    name: 'repository-audit',
    version: 3,
    title: 'Repository audit',
    description: 'Examines a repository from all sides, runs its tests, and reports what to look at first.',
    variables: [
      {
        __typename: 'WorkflowVariable',
        name: 'repo',
        type: 'string',
        description: 'A path on this machine, or a git URL.',
        required: true,
        default: null,
        enum: null,
        minimum: null,
        maximum: null,
        maxLength: 4_096,
      },
      {
        __typename: 'WorkflowVariable',
        name: 'branch',
        type: 'string',
        description: 'Branch, tag or commit; the default branch unless told.',
        required: false,
        default: null,
        enum: null,
        minimum: null,
        maximum: null,
        maxLength: 200,
      },
      {
        __typename: 'WorkflowVariable',
        name: 'depth',
        type: 'integer',
        description: 'Commits of history that are read for hotspots.',
        required: false,
        default: 500,
        enum: null,
        minimum: 1,
        maximum: 100_000,
        maxLength: 4_096,
      },
      {
        __typename: 'WorkflowVariable',
        name: 'minimumSeverity',
        type: 'string',
        description: 'Findings below it are left out.',
        required: false,
        default: 'info',
        enum: ['error', 'warning', 'info'],
        minimum: null,
        maximum: null,
        maxLength: 4_096,
      },
      {
        __typename: 'WorkflowVariable',
        name: 'runTests',
        type: 'boolean',
        description: 'Whether the tests of the repository are run.',
        required: false,
        default: true,
        enum: null,
        minimum: null,
        maximum: null,
        maxLength: 4_096,
      },
      {
        __typename: 'WorkflowVariable',
        name: 'exclude',
        type: 'string[]',
        description: 'Paths that are left out.',
        required: false,
        default: ['vendor/**'],
        enum: null,
        minimum: null,
        maximum: null,
        maxLength: 4_096,
      },
    ],
    steps: [
      { __typename: 'WorkflowStep', key: 'a', title: '' },
      { __typename: 'WorkflowStep', key: 'b', title: '' },
      { __typename: 'WorkflowStep', key: 'c', title: '' },
      { __typename: 'WorkflowStep', key: 'd', title: '' },
      { __typename: 'WorkflowStep', key: 'e', title: '' },
    ],
  },
]
