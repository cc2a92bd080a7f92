/** Histories that end in artifacts: a change that was sent back once and waits for a yes, a very long one, and hostile ones. */
import type { StoredArtifact } from '../../domain/run/commands.ts'
import type { RecordedEvent } from '../../domain/run/events.ts'
import { createHistory, forkHistory, type History } from '../../domain/run/history.ts'
import type { WorkflowInput } from '../../domain/workflow.ts'
import { changeBodies, patchHash, type StoryBody } from './change-bodies.ts'
import { hostileBodies } from './hostile-bodies.ts'
import { hugePart, hugePatch, longPatch } from './long-patch.ts'

const manyCount = 10_000
/** Made once, so that reading it takes no time that a server would not take. */
const long = longPatch()

/** Bodies by the number that stands in the ids of their artifacts. */
const shelves: readonly (() => readonly StoryBody[])[] = [
  () => Object.values(changeBodies),
  () => [long],
  () => Object.values(hostileBodies()),
  () => [
    {
      kind: 'File',
      title: 'notes.txt',
      mediaType: 'text/plain',
      body: 'One of very many.\n',
      score: null,
      parts: null,
    },
  ],
  () => [hugePatch()],
]

/** Of an artifact of these histories, by its global id or that and a file of a change; null for one of another. */
export function changeBodyOf(artifactId: string): Uint8Array | null {
  const [id = '', file] = artifactId.split('/diff?file=')
  if (file !== undefined) return new TextEncoder().encode(hugePart(decodeURIComponent(file)))
  const [, shelf = '', place = ''] = /^art_0199000000007000b(\d{3})(\d{12})$/.exec(id) ?? []
  const bodies = shelves[Number(shelf)]?.() ?? []
  if (shelf === '') return null
  const body = bodies[Number(place) % bodies.length]?.body ?? ''
  return typeof body === 'string' ? new TextEncoder().encode(body) : body
}

const bytesOf = ({ body }: StoryBody): Uint8Array => (typeof body === 'string' ? new TextEncoder().encode(body) : body)

function stored(shelf: number, place: number, one: StoryBody): StoredArtifact {
  return {
    artifactId: `01990000-0000-7000-b${String(shelf).padStart(3, '0')}-${String(place).padStart(12, '0')}`,
    kind: one.kind,
    title: one.title,
    mediaType: one.mediaType,
    size: bytesOf(one).length,
    hash: `${shelf}${place}`.padStart(64, 'b7'),
    ...(one.score === null ? {} : { score: one.score, scoreParts: one.parts }),
  }
}

const begin = Date.UTC(2026, 10, 21, 9, 14, 6)

const driver = (workflow: WorkflowInput) =>
  driverOf(
    createHistory(workflow, { start: { now: begin, actor: { kind: 'person', id: 'owner', name: 'Owner' } } }),
    begin,
  )

function driverOf(history: History, from: number) {
  let now = from
  const task = (index: number) => history.run.tasks[index]
  const say = (command: Parameters<typeof history.say>[0]) => {
    now += 1_700
    return history.say(command, { now })
  }
  const epoch = (index: number) => task(index)?.epoch ?? 0
  return {
    history,
    say,
    epoch,
    claim: (index: number) =>
      say({ type: 'ClaimTask', taskIndex: index, epoch: epoch(index) + 1, worker: 'worker-7f3a' }),
    model(index: number, micros: number, model = 'anthropic/claude-opus') {
      const call = {
        taskIndex: index,
        epoch: epoch(index),
        call: task(index)?.calls ?? 0,
        tryIndex: 0,
        model,
        provider: 'anthropic',
        simulated: false,
      }
      say({
        type: 'StartModelCall',
        ...call,
        purpose: 'turn',
        promptHash: 'ab'.repeat(32),
        reservedMicros: micros * 2,
        maxOutputTokens: 4_000,
        routed: { propensity: 0.8, candidates: [], reason: 'drawn' },
        fellBack: null,
      })
      say({
        type: 'FinishModelCall',
        ...call,
        costMicros: micros,
        certainty: 'known',
        usage: { input: 4_200, cacheRead: 0, cacheWrite: 0, output: 610, reasoning: 0 },
        stopReason: 'end',
        output: [],
        contextTokens: 4_810,
        durationMs: 6_200,
      })
    },
    tool(index: number, tool: string) {
      const call = { taskIndex: index, epoch: epoch(index), call: task(index)?.calls ?? 0, tool }
      say({ type: 'StartToolCall', ...call, summary: tool })
      say({
        type: 'FinishToolCall',
        ...call,
        output: {},
        exitCode: 0,
        durationMs: 300,
        outputHash: null,
        treeHash: null,
      })
    },
    finish: (index: number, artifacts: readonly StoredArtifact[], output = {}) =>
      say({ type: 'FinishTask', taskIndex: index, epoch: epoch(index), output, artifacts }),
  }
}

const feature: WorkflowInput = {
  name: 'build-feature',
  version: 2,
  title: 'Round totals once',
  description: '',
  steps: [
    { key: 'specify', title: 'Specify', agent: 'spec-writer' },
    { key: 'plan', title: 'Plan', agent: 'project-manager', needs: ['specify'] },
    { key: 'implement', title: 'Implement', agent: 'code-generator', needs: ['plan'] },
    {
      key: 'review',
      title: 'Review',
      agent: 'reviewer',
      needs: ['implement'],
      back: {
        to: 'implement',
        when: { path: 'tasks.review.output.verdict', op: 'equals', value: 'changes' },
        maxRounds: 3,
      },
    },
    { key: 'publish', title: 'Publish', agent: 'code.publish', needs: ['review'] },
  ],
}

const named = (...names: (keyof typeof changeBodies)[]) =>
  names.map(name => stored(0, Object.keys(changeBodies).indexOf(name), changeBodies[name] as StoryBody))

export const change = (): readonly RecordedEvent[] => changed().events

/** A fork of it after its plan, on another model: it ends well, with another change. */
export function forked(): readonly RecordedEvent[] {
  const parent = changed()
  const atSeq = (parent.events.find(event => event.type === 'TaskClaimed' && event.data.taskIndex === 2)?.seq ?? 1) - 1
  const fork = forkHistory(parent, atSeq, { changes: { title: 'Round totals once, on a small model' } })
  const run = driverOf(fork, fork.events.at(-1)?.at ?? begin)
  run.claim(2)
  run.model(2, 9_000, 'anthropic/claude-haiku')
  run.tool(2, 'edit')
  run.finish(2, named('reasoning', 'patch1', 'summary'))
  run.claim(3)
  run.model(3, 41_000)
  run.finish(3, named('review2'), { verdict: 'approve' })
  run.claim(4)
  run.finish(4, [])
  return fork.events
}

function changed(): History {
  const run = driver(feature)
  run.claim(0)
  run.model(0, 21_000)
  run.finish(0, named('spec', 'research'))
  run.claim(1)
  run.model(1, 34_000)
  run.finish(1, named('plan', 'design'))
  run.claim(2)
  run.model(2, 120_000)
  run.tool(2, 'edit')
  run.tool(2, 'tests')
  run.finish(2, named('reasoning', 'patch1', 'summary'))
  run.claim(3)
  run.model(3, 48_000)
  run.finish(3, named('review1'), { verdict: 'changes' })
  run.claim(2)
  run.model(2, 90_000)
  run.tool(2, 'edit')
  run.tool(2, 'edit')
  run.tool(2, 'tests')
  run.finish(2, named('patch2', 'testPlan', 'judgement'))
  run.claim(3)
  run.model(3, 41_000)
  run.finish(3, named('review2', 'ledger'), { verdict: 'approve' })
  run.claim(4)
  run.say({
    type: 'RequestApproval',
    taskIndex: 4,
    epoch: run.epoch(4),
    call: 0,
    approvalId: '01990000-0000-7000-8000-0000000000d1',
    question: {
      kind: 'push',
      title: 'Write the branch orrery/round-totals?',
      body: 'Three files on `4f1c0d2a7be9`, as the new branch `orrery/round-totals`. Nothing else of the repository changes.',
      fields: [
        { name: 'approve', label: 'Approve', type: 'boolean', options: [], required: true, maxLength: 2_000 },
        { name: 'reason', label: 'Reason', type: 'text', options: [], required: false, maxLength: 2_000 },
      ],
      timeoutMs: 5_400_000,
      onDeadline: 'deny',
      quorum: 1,
      facts: { branch: 'orrery/round-totals', files: 3, added: 25, removed: 7, diff: patchHash },
      subject: 'publish',
    },
  })
  return run.history
}

const single = (title: string): WorkflowInput => ({
  name: 'single',
  version: 1,
  title,
  description: '',
  steps: [{ key: 'work', title: 'Work', agent: 'code-generator' }],
})

function made(title: string, artifacts: readonly StoredArtifact[]): readonly RecordedEvent[] {
  const run = driver(single(title))
  run.claim(0)
  run.finish(0, artifacts)
  return run.history.events
}

/** A change of 5,000 lines. */
export const patch = () => made('A very long change', [stored(1, 0, long)])
/** Everything that could disobey a page. */
export const huge = () => made('A change that is too long', [stored(4, 0, hugePatch())])

export const hostile = () =>
  made(
    'Hostile content',
    Object.values(hostileBodies()).map((body, place) => stored(2, place, body)),
  )

/** 10,000 artifacts. */
export function many(): readonly RecordedEvent[] {
  const run = made('Ten thousand artifacts', [
    stored(3, 0, {
      kind: 'File',
      title: 'notes-0.txt',
      mediaType: 'text/plain',
      body: 'One of very many.\n',
      score: null,
      parts: null,
    }),
  ])
  const at = run.findIndex(({ type }) => type === 'ArtifactCreated')
  const first = run[at]
  if (first?.type !== 'ArtifactCreated') throw new Error('nothing was made')
  const more = Array.from({ length: manyCount - 1 }, (_, index) => ({
    ...first,
    data: {
      ...first.data,
      artifactId: `01990000-0000-7000-b003-${String(index + 1).padStart(12, '0')}`,
      title: `notes-${index + 1}.txt`,
    },
  }))
  return [...run.slice(0, at + 1), ...more, ...run.slice(at + 1)].map((event, index) => ({ ...event, seq: index + 1 }))
}
