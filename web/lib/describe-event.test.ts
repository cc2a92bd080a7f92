import { expect, test } from 'vitest'
import { type EventType, eventTypes, type RecordedEvent } from '../../domain/run/events.ts'
import { createHistory, workflows } from '../../domain/run/history.ts'
import { describe } from './describe-event.ts'

const said = new Map<EventType, string>()
for (const event of everything()) said.set(event.type, describe(event).text)

/** A few histories in which much happens. */
function everything(): readonly RecordedEvent[] {
  const good = createHistory(workflows.fanOut)
  good.claim(0)
  good.say({ type: 'StartToolCall', taskIndex: 0, epoch: 1, call: 0, tool: 'shell', summary: 'ls' })
  good.say({
    type: 'FinishToolCall',
    taskIndex: 0,
    epoch: 1,
    call: 0,
    tool: 'shell',
    output: null,
    exitCode: 0,
    durationMs: 1_200,
    outputHash: null,
    treeHash: null,
  })
  good.say({
    type: 'FinishTask',
    taskIndex: 0,
    epoch: 1,
    output: { items: ['a'] },
    artifacts: [{ artifactId: 'a', kind: 'File', title: 'List', mediaType: 'text/plain', size: 2_048, hash: 'h' }],
  })
  good.say({ type: 'PauseRun', reason: 'lunch' })
  good.say({ type: 'ResumeRun', reason: 'fed' })
  good.claim(3)
  good.say({ type: 'ResetRun', reason: 'it hangs' })
  good.claim(3)
  good.say({ type: 'ExpireLease', taskIndex: 3, epoch: 2 })
  good.claim(3)
  good.finish(3)
  good.claim(2)
  good.finish(2)
  good.say({ type: 'RetryTask', taskIndex: 2, reason: 'once more' })
  good.say({ type: 'CancelRun', reason: 'enough' })
  const bad = createHistory(workflows.diamond, { variables: { deep: false } })
  bad.claim(0)
  bad.finish(0)
  bad.claim(1)
  bad.fail(1)
  const blocked = createHistory(workflows.single)
  blocked.claim(0)
  blocked.fail(0, false, true)
  const failed = createHistory(workflows.single)
  failed.claim(0)
  failed.fail(0, false)
  const child = createHistory(workflows.nested)
  child.claim(0)
  child.finish(0)
  child.say({ type: 'StartChild', taskIndex: 1, epoch: 1, childRunId: 'child' })
  return [good, bad, blocked, failed, child].flatMap(history => history.events)
}

/** What happens with models and people, each once, as it is said. */
const call = { taskIndex: 0, attempt: 1, epoch: 1, call: 2, tryIndex: 0 }
const model = { ...call, model: 'a/good', provider: 'a', simulated: false }
const spoken: readonly (readonly [EventType, object, string])[] = [
  ['ModelRouted', { ...call, model: 'a/good', propensity: 0.25 }, 'a/good with probability 0.25'],
  [
    'ModelFellBack',
    { ...call, fromModel: 'a/good', model: 'b/plain', reason: 'busy' },
    'b/plain instead of a/good: busy',
  ],
  ['ModelCallStarted', { ...model, simulated: true, purpose: 'turn 1' }, 'turn 1 on a/good (simulated)'],
  [
    'ModelCallFinished',
    { ...model, inputTokens: 10, outputTokens: 5, costMicros: 20_000, durationMs: 400 },
    'a/good: 10 tokens in, 5 out, $0.02, 0.4 s',
  ],
  ['ModelCallFailed', { ...model, error: { message: 'overloaded' } }, 'a/good: overloaded'],
  ['TaskSuspended', { ...call, forApprovalId: 'x' }, 'waits for an answer'],
  ['ApprovalRequested', { title: 'Carry it out?' }, 'Carry it out?'],
  ['ApprovalVoted', {}, 'Ada said yes; it waits for more'],
  ['ApprovalAnswered', {}, 'Ada answered'],
  ['ApprovalEscalated', {}, 'nobody answered in time; others are asked'],
  ['ApprovalExpired', { reason: 'too late' }, 'too late'],
  ['ApprovalWithdrawn', { reason: 'cancelled' }, 'cancelled'],
  ['HandoffOffered', { agent: 'reviewer', goal: 'look' }, 'to reviewer: look'],
  ['HandoffAccepted', {}, ''],
  ['HandoffRefused', { reason: 'not mine' }, 'not mine'],
  ['HandoffTimedOut', { reason: 'no time' }, 'no time'],
  ['MessageSent', { sender: 'plan', recipient: 'fix' }, 'plan to fix'],
  ['MessageHandled', {}, ''],
  ['TaskSentBack', { round: 2, reason: 'a finding' }, 'round 2: a finding'],
  ['RunForked', { atSeq: 12 }, 'another run up to event 12, this one from here on'],
  ['ChangeMerged', { files: 2, trunkCommit: 'abcdefabcdefabc' }, '2 files as abcdefabcd'],
  [
    'MergeConflicted',
    { files: 2, paths: ['a.ts', 'b.ts'], trunkCommit: 'abcdefabcdefabc' },
    '2 files against abcdefabcd: a.ts, b.ts',
  ],
]

test.each(spoken)('%s with %j says: %s', (type, data, text) => {
  expect(describe({ type, data, actor: { name: 'Ada' } } as never).text).toBe(text)
})

test('the whole vocabulary is spoken here', () => {
  const also = new Set(spoken.map(([type]) => type))
  expect(eventTypes.filter(type => !said.has(type) && !also.has(type))).toEqual([])
})

test.each([
  ['TaskExpanded', 'into 1 task'],
  ['ToolCallStarted', 'shell: ls'],
  ['ToolCallFinished', 'shell in 1.2 s, exit 0'],
  ['ArtifactCreated', 'File: List (2.0 KiB)'],
  ['RunPaused', 'lunch'],
  ['TaskAttemptFailed', 'attempt 1: it broke'],
  ['LeaseExpired', 'worker-1 was not heard of in time'],
  ['TaskSkipped', 'its condition does not hold'],
] as const)('%s says: %s', (type, text) => {
  expect(said.get(type)).toBe(text)
})
