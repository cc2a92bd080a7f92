import { expect, test } from 'vitest'
import type { StoredArtifact } from '../../../domain/run/commands.ts'
import { createHistory, workflows } from '../../../domain/run/history.ts'
import { windowOnto } from '../../lib/event-log.ts'
import { beforeMade, isByModel, provenanceOf } from './provenance.ts'

const stored = (id: string, title: string): StoredArtifact => ({
  artifactId: `0199c1d2-0000-7000-8000-0000000000${id}`,
  kind: 'ReviewReport',
  title,
  mediaType: 'application/json',
  size: 12,
  hash: 'a'.repeat(64),
})

test('names the attempt, its calls and what it could rest on, each by its events', () => {
  const history = createHistory({
    name: 'two',
    version: 1,
    title: 'Two',
    description: '',
    steps: [
      { key: 'a', title: 'A', agent: 'x' },
      { key: 'b', title: 'B', agent: 'x' },
      { key: 'c', title: 'C', agent: 'x', needs: ['a'], retry: { maxAttempts: 2, backoffMs: 0 } },
    ],
  })
  const finish = (taskIndex: number, id: string, title: string) =>
    history.say({
      type: 'FinishTask',
      taskIndex,
      epoch: history.run.tasks[taskIndex]?.epoch ?? 0,
      output: null,
      artifacts: [stored(id, title)],
    })
  const claim = (taskIndex: number, worker: string) =>
    history.say({ type: 'ClaimTask', taskIndex, epoch: (history.run.tasks[taskIndex]?.epoch ?? 0) + 1, worker })
  const tool = (call: number, name: string) => {
    const common = { taskIndex: 2, epoch: history.run.tasks[2]?.epoch ?? 0, call, tool: name }
    history.say({ type: 'StartToolCall', ...common, summary: '' })
    history.say({
      type: 'FinishToolCall',
      ...common,
      output: null,
      exitCode: 0,
      durationMs: 1,
      outputHash: null,
      treeHash: null,
    })
  }
  claim(0, 'w0')
  finish(0, '01', 'of A')
  claim(1, 'w1')
  finish(1, '02', 'of B')
  claim(2, 'first')
  tool(0, 'read')
  history.say({
    type: 'FailTask',
    taskIndex: 2,
    epoch: 1,
    blocked: false,
    artifacts: [],
    failure: { code: 'TASK_FAILED', message: 'no', hint: '', retryable: true },
  })
  history.say({ type: 'FireTimer', timer: 'retry:2:1:1' })
  const claimed = claim(2, 'second')
  tool(0, 'edit')
  tool(1, 'edit')
  finish(2, '03', 'of C')

  const [ofA, , ofC] = history.run.artifacts
  if (ofA === undefined || ofC === undefined) throw new Error('nothing was made')
  const found = provenanceOf(ofC, history.run, windowOnto(history.events, history.events.length))
  expect(found.worker).toBe('second')
  expect(found.tools).toEqual([{ tool: 'edit', calls: 2 }])
  expect(found.restsOn.map(({ title }) => title)).toEqual(['of A'])
  expect(found.last).toBe(ofC.seq)
  expect(found.first).toBeLessThanOrEqual(claimed[0]?.seq ?? 0)
  const between = history.events.filter(
    ({ seq, data }) => seq >= found.first && seq <= found.last && 'taskIndex' in data && data.taskIndex === 2,
  )
  expect(found.events).toBe(between.length)
  expect(provenanceOf(ofA, history.run, windowOnto(history.events, history.events.length)).restsOn).toEqual([])
  const before = beforeMade(ofC, windowOnto(history.events, history.events.length))
  expect(history.events[before]?.type).toBe('ArtifactCreated')
  expect(history.events[before - 1]).toMatchObject({ type: 'ToolCallFinished', data: { taskIndex: 2, tool: 'edit' } })
})

test('what was merged before it was handed in is done again from where it began', () => {
  const history = createHistory(workflows.single)
  history.claim(0)
  const [head] = history.events.slice(-1)
  const commit = 'a'.repeat(40)
  history.say({
    type: 'MergeChange',
    ...{ taskIndex: 0, epoch: 1, expected: null, files: 1, commit, trunkCommit: 'b'.repeat(40) },
    ...{ trunkHash: 'c'.repeat(64), baseCommit: commit },
  })
  const artifacts = [stored('01', 'the change')]
  history.say({ type: 'FinishTask', taskIndex: 0, epoch: 1, output: null, artifacts })
  const [change] = history.run.artifacts
  if (change === undefined) throw new Error('nothing was made')
  const log = windowOnto(history.events, history.events.length)
  expect(beforeMade(change, log)).toBe(head?.seq)
  expect(isByModel(change, log)).toBe(false)
})
