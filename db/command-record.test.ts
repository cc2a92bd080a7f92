import { expect, test } from 'vitest'
import type { Command } from '../domain/run/commands.ts'
import { decide } from '../domain/run/decide.ts'
import { startOf, workflows } from '../domain/run/history.ts'
import { commandOf, keepCommand } from './command-record.ts'

const actor = { kind: 'engine', id: 'test', name: 'Test' } as const
const meta = (now: number) => ({
  commandId: '0196f7a0-0000-7000-8000-000000000001',
  actor,
  now,
  seed: 7,
  correlationId: null,
})

const claim: Command = { type: 'ClaimTask', taskIndex: 0, epoch: 1, worker: 'w' }
const commands: Command[] = [
  startOf(workflows.single),
  claim,
  { type: 'StartToolCall', taskIndex: 0, epoch: 1, call: 0, tool: 'shell', summary: 'npm test' },
  {
    type: 'FinishToolCall',
    taskIndex: 0,
    epoch: 1,
    call: 0,
    tool: 'shell',
    output: { passed: [12], said: 'a "quoted"\nline' },
    exitCode: 0,
    durationMs: 812,
    outputHash: null,
    treeHash: null,
  },
  { type: 'PauseRun', reason: 'dinner' },
  { type: 'ResumeRun', reason: '' },
  { type: 'ExpireLease', taskIndex: 0, epoch: 1 },
  { ...claim, epoch: 2 },
  { type: 'FinishTask', taskIndex: 0, epoch: 2, output: { done: true }, artifacts: [] },
]

test('every command of a history is told exactly by what is kept and its event', () => {
  let run: ReturnType<typeof decide>['run'] = null
  for (const [index, input] of commands.entries()) {
    const given = meta(1_000 + index)
    const { events, run: next }: ReturnType<typeof decide> = decide(
      '0196f7a0-0000-7000-8000-0000000000aa',
      run,
      input,
      given,
    )
    const [first] = events
    if (first === undefined) throw new Error(`${input.type} decided nothing`)
    const record = { id: given.commandId, input, now: given.now, seed: given.seed, seq: first.seq }
    const stored = JSON.parse(JSON.stringify({ data: first.data }))
    const row = {
      ...stored,
      seq: first.seq,
      command_id: record.id,
      command: JSON.parse(keepCommand(record, first)),
      at: new Date(first.at),
    }
    expect(commandOf(row)).toEqual(JSON.parse(JSON.stringify(record)))
    run = next
  }
})

test('what the event says is not said twice', () => {
  const { events, run } = decide('r', null, startOf(workflows.single), meta(1))
  const [claimed] = decide('r', run, claim, meta(2)).events
  if (claimed === undefined) throw new Error(`nothing after ${events.length} events`)
  const kept = keepCommand({ id: 'c', input: claim, now: 2, seed: 7, seq: claimed.seq }, claimed)
  expect(JSON.parse(kept)).toEqual({ type: 'ClaimTask', seed: 7, without: ['attempt', 'dueAt'] })
  const later = keepCommand({ id: 'c', input: { ...claim, worker: 'v' }, now: 1, seed: 7, seq: claimed.seq }, claimed)
  expect(JSON.parse(later)).toMatchObject({ now: 1, rest: { worker: 'v' } })
})

test('what was kept before anything was left out is read as it is', () => {
  const row = { seq: 3, command_id: 'c', command: { input: claim, now: 5, seed: 6 }, data: {}, at: new Date(9) }
  expect(commandOf(row)).toEqual({ id: 'c', seq: 3, input: claim, now: 5, seed: 6 })
})
