import { expect, test } from 'vitest'
import { createHistory, workflows } from '../../../domain/run/history.ts'
import { windowOnto } from '../../lib/event-log.ts'
import { createCallReader } from './task-calls.tsx'

test('calls are read as they come, and a repeated one takes the place of the lost one', () => {
  const run = createHistory(workflows.single)
  const read = createCallReader(0)
  const calls = () =>
    read(windowOnto(run.events, run.events.length)).calls.map(({ call, summary, exitCode, durationMs }) => [
      call,
      summary,
      durationMs,
      exitCode,
    ])
  const start = (epoch: number, summary: string) =>
    run.say({ type: 'StartToolCall', taskIndex: 0, epoch, call: run.run.tasks[0]?.calls ?? 0, tool: 'shell', summary })

  run.claim(0)
  start(1, 'ls')
  run.say({
    type: 'FinishToolCall',
    taskIndex: 0,
    epoch: 1,
    call: 0,
    tool: 'shell',
    output: null,
    exitCode: 2,
    durationMs: 40,
    outputHash: null,
    treeHash: null,
  })
  start(1, 'make')
  expect(calls()).toEqual([
    [0, 'ls', 40, 2],
    [1, 'make', null, null],
  ])
  run.say({ type: 'ExpireLease', taskIndex: 0, epoch: 1 })
  run.claim(0)
  start(2, 'make again')
  expect(calls()).toEqual([
    [0, 'ls', 40, 2],
    [1, 'make again', null, null],
  ])
})

test('of thousands of calls the newest are kept, and all are counted', () => {
  const run = createHistory(workflows.single)
  run.claim(0)
  const [first] = run.say({ type: 'StartToolCall', taskIndex: 0, epoch: 1, call: 0, tool: 'shell', summary: 'ls' })
  const events = [...run.events]
  while (first?.type === 'ToolCallStarted' && events.length < 5_000)
    events.push({ ...first, seq: events.length + 1, data: { ...first.data, call: events.length } })
  const { calls, total } = createCallReader(0)(windowOnto(events, events.length))
  expect(calls.length).toBeLessThan(200)
  expect(total).toBe(events.filter(event => event.type === 'ToolCallStarted').length)
})
