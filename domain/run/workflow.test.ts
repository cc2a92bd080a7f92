/** What a run does, told as histories: given commands, the events that follow. */
import { describe, expect, it } from 'vitest'
import { maxLosses } from './commands.ts'
import { decide } from './decide.ts'
import type { RecordedEvent } from './events.ts'
import { createHistory, startOf, workflows } from './history.ts'
import { backoff, draw } from './retry.ts'
import { runTimer, taskTimer } from './timers.ts'
import { resolveInput, valueAt } from './values.ts'

const told = (events: readonly RecordedEvent[]) =>
  events.map(event => ('taskIndex' in event.data ? `${event.type} ${event.data.taskIndex}` : event.type))
const statuses = (history: ReturnType<typeof createHistory>) => history.run.tasks.map(task => task.status).join(' ')

describe('the graph', () => {
  it('readies a task when its needs are met, and ends the run with its last task', () => {
    const history = createHistory(workflows.diamond, { variables: { deep: true } })
    expect(statuses(history)).toBe('READY PLANNED PLANNED PLANNED')
    history.claim(0)
    expect(told(history.finish(0))).toEqual(['TaskSucceeded 0', 'TaskReady 1', 'TaskReady 2'])
    for (const index of [2, 1]) {
      history.claim(index)
      history.finish(index)
    }
    history.claim(3)
    expect(told(history.finish(3))).toEqual(['TaskSucceeded 3', 'RunSucceeded'])
  })

  it('skips what its condition excludes, and what a failed need leaves without ground', () => {
    const history = createHistory(
      {
        ...workflows.diamond,
        steps: workflows.diamond.steps.map(step => ({ ...step, trigger: 'all-succeeded' as const, retry: {} })),
      },
      { variables: { deep: false } },
    )
    history.claim(0)
    expect(told(history.finish(0))).toEqual(['TaskSucceeded 0', 'TaskReady 1', 'TaskSkipped 2'])
    history.claim(1)
    expect(told(history.fail(1, false))).toEqual(['TaskFailed 1', 'TaskSkipped 3', 'RunFailed'])
    expect(history.run.error).toMatchObject({ code: 'TASK_FAILED', message: 'Left: it broke' })
  })

  it('reaches a step with the trigger all-done whatever became of its needs', () => {
    const history = createHistory(workflows.diamond, { variables: { deep: false } })
    history.claim(0)
    history.finish(0)
    history.claim(1)
    expect(told(history.fail(1, false))).toEqual(['TaskFailed 1', 'TaskReady 3'])
    history.claim(3)
    expect(told(history.finish(3))).toEqual(['TaskSucceeded 3', 'RunFailed'])
  })

  it('refuses a claim beyond the tasks that a run may have at work', () => {
    const history = createHistory({ ...workflows.diamond, maxParallel: 1 }, { variables: { deep: true } })
    history.claim(0)
    history.finish(0)
    history.claim(1)
    expect(() => history.claim(2)).toThrow(expect.objectContaining({ code: 'LIMIT_REACHED', retryable: true }))
  })
})

describe('dynamic fan-out', () => {
  const expanded = (items: readonly string[]) => {
    const history = createHistory(workflows.fanOut)
    history.claim(0)
    return { history, events: history.finish(0, { items }) }
  }

  it('plans a task for each element, and joins when all of them have ended', () => {
    const { history, events } = expanded(['a', 'b'])
    expect(told(events)).toEqual([
      'TaskSucceeded 0',
      'TaskExpanded 1',
      'TaskPlanned 3',
      'TaskPlanned 4',
      'TaskReady 3',
      'TaskReady 4',
    ])
    expect(history.run.tasks[3]).toMatchObject({
      title: 'Look at a',
      uses: 'look.a',
      item: 'a',
      groupIndex: 1,
      key: 'each/0',
    })
    history.claim(3)
    expect(told(history.finish(3))).toEqual(['TaskSucceeded 3'])
    history.claim(4)
    expect(told(history.fail(4, false))).toEqual(['TaskFailed 4', 'TaskSucceeded 1', 'TaskReady 2'])
    expect(history.run.tasks[1]?.output).toEqual({ count: 2, succeeded: 1, failed: 1 })
    expect(valueAt(history.run, 'tasks.each.elements')).toEqual([history.run.tasks[3]?.output, null])
    history.claim(2)
    expect(told(history.finish(2))).toEqual(['TaskSucceeded 2', 'RunSucceeded'])
  })

  it('joins at once over nothing, and fails clearly where there is no list or too long a one', () => {
    expect(told(expanded([]).events)).toEqual(['TaskSucceeded 0', 'TaskExpanded 1', 'TaskSucceeded 1', 'TaskReady 2'])
    const none = createHistory(workflows.fanOut)
    none.claim(0)
    none.finish(0, { items: 'no list' })
    expect(none.run.tasks[1]?.error).toMatchObject({
      code: 'BAD_INPUT',
      message: 'tasks.find.output.items holds no list to fan out over',
    })
    const long = createHistory(workflows.fanOut)
    long.claim(0)
    long.finish(0, { items: Array.from({ length: 1_001 }, () => 'x') })
    expect(long.run.tasks[1]?.error?.code).toBe('LIMIT_EXCEEDED')
  })

  it('does one element again, and what came of it, when that element is retried', () => {
    const { history } = expanded(['a', 'b'])
    for (const index of [3, 4]) history.claim(index)
    history.finish(3)
    history.fail(4, false)
    history.claim(2)
    history.finish(2)
    expect(told(history.say({ type: 'RetryTask', taskIndex: 4, reason: '' }))).toEqual([
      'RunReopened',
      'TaskReset 1',
      'TaskReset 2',
      'TaskReset 4',
      'TaskReady 4',
    ])
    expect(statuses(history)).toBe('SUCCEEDED WAITING PLANNED SUCCEEDED READY')
    history.claim(4)
    expect(told(history.finish(4))).toEqual(['TaskSucceeded 4', 'TaskSucceeded 1', 'TaskReady 2'])
    expect(history.run.tasks[1]?.output).toMatchObject({ succeeded: 2, failed: 0 })
  })

  it('expands anew when the map, or what its list came from, is retried', () => {
    const { history } = expanded(['a'])
    history.claim(3)
    const again = told(history.say({ type: 'RetryTask', taskIndex: 0, reason: '' }))
    expect(again).toEqual(['TaskReset 0', 'TaskCancelled 3', 'TaskReset 1', 'TaskReady 0'])
    history.claim(0)
    history.finish(0, { items: ['c'] })
    expect(history.run.tasks.at(-1)).toMatchObject({ index: 4, item: 'c', groupIndex: 1, status: 'READY' })
    expect(history.run.tasks[3]).toMatchObject({ status: 'CANCELLED', groupIndex: null })
  })
})

describe('attempts', () => {
  it('waits between attempts as the policy says, then gives up', () => {
    const history = createHistory(workflows.diamond, { variables: { deep: true } })
    history.claim(0)
    history.finish(0)
    for (const attempt of [1, 2]) {
      history.claim(1)
      const [, scheduled] = history.fail(1)
      const dueAt = scheduled?.type === 'RetryScheduled' ? (scheduled.data.dueAt ?? 0) : 0
      const full = 100 * 2 ** (attempt - 1)
      expect(dueAt - (scheduled?.at ?? 0)).toBeGreaterThanOrEqual(full / 2)
      expect(dueAt - (scheduled?.at ?? 0)).toBeLessThanOrEqual(full)
      const timer = history.run.tasks[1] === undefined ? null : taskTimer(history.run.tasks[1])
      expect(told(history.say({ type: 'FireTimer', timer: timer?.name ?? '' }))).toEqual(['TaskReady 1'])
      expect(told(history.say({ type: 'FireTimer', timer: timer?.name ?? '' }))).toEqual([])
    }
    history.claim(1)
    expect(told(history.fail(1))).toEqual(['TaskFailed 1'])
    expect(history.run.tasks[1]?.attempt).toBe(3)
  })

  it('keeps the attempt when a lease is lost, and ends a task that loses every worker', () => {
    const history = createHistory(workflows.single)
    for (let loss = 1; loss < maxLosses; loss++) {
      history.claim(0)
      expect(told(history.say({ type: 'ExpireLease', taskIndex: 0, epoch: loss }))).toEqual([
        'LeaseExpired 0',
        'TaskReady 0',
      ])
    }
    history.claim(0)
    expect(told(history.say({ type: 'ExpireLease', taskIndex: 0, epoch: maxLosses }))).toEqual([
      'LeaseExpired 0',
      'TaskFailed 0',
      'RunFailed',
    ])
    expect(history.run.tasks[0]).toMatchObject({ attempt: 1, epoch: maxLosses, error: { code: 'WORKER_LOST' } })
  })

  it('times out a claim, and a run as a whole', () => {
    const history = createHistory(workflows.single)
    history.claim(0)
    const due = runTimer(history.run)
    expect(due?.name).toBe('deadline')
    expect(told(history.say({ type: 'FireTimer', timer: 'deadline' }))).toEqual([])
    const late = { ...history.run }
    const meta = {
      commandId: 'x',
      actor: { kind: 'engine', id: 'e', name: 'E' },
      now: due?.dueAt ?? 0,
      seed: 1,
      correlationId: null,
    } as const
    expect(told(decide(late.id, late, { type: 'FireTimer', timer: 'deadline' }, meta).events)).toEqual([
      'TaskCancelled 0',
      'RunFailed',
    ])
    history.say({ type: 'FireTimer', timer: 'timeout:0:1' })
    expect(history.run.tasks[0]?.error).toMatchObject({ code: 'TIMEOUT' })
  })

  it('draws the same jitter from the same seed, all over the allowed range', () => {
    const policy = { maxAttempts: 9, backoffMs: 1_000, factor: 2, maxBackoffMs: 5_000, jitter: 0.5 }
    const drawn = Array.from({ length: 1_000 }, (_, seed) => draw(seed, 3))
    expect(drawn).toEqual(Array.from({ length: 1_000 }, (_, seed) => draw(seed, 3)))
    expect(Math.min(...drawn)).toBeLessThan(0.02)
    expect(Math.max(...drawn)).toBeGreaterThan(0.98)
    expect(backoff(policy, 1, 0)).toBe(1_000)
    expect(backoff(policy, 3, 1)).toBe(2_000)
    expect(backoff(policy, 9, 0)).toBe(5_000)
  })

  it('goes on counting recorded tool calls over claims, and starts anew with the next attempt', () => {
    const history = createHistory({
      ...workflows.single,
      steps: workflows.single.steps.map(step => ({ ...step, retry: { maxAttempts: 2 } })),
    })
    const finished = (call: number, epoch: number) =>
      ({
        type: 'FinishToolCall',
        taskIndex: 0,
        epoch,
        call,
        tool: 'sh',
        output: null,
        exitCode: 0,
        durationMs: 1,
        outputHash: null,
        treeHash: null,
      }) as const
    history.claim(0)
    expect(told(history.say(finished(0, 1)))).toEqual(['ToolCallFinished 0'])
    expect(told(history.say(finished(0, 1)))).toEqual([])
    expect(() => history.say(finished(2, 1))).toThrow(expect.objectContaining({ code: 'CONFLICT' }))
    history.say({ type: 'ExpireLease', taskIndex: 0, epoch: 1 })
    history.claim(0)
    expect(history.run.tasks[0]?.calls).toBe(1)
    history.fail(0)
    history.say({ type: 'ResetRun', reason: '' })
    expect(history.run.tasks[0]).toMatchObject({ status: 'READY', attempt: 2, calls: 0 })
  })
})

describe('a task that is a run', () => {
  it('waits for the run and ends as it ends', () => {
    const history = createHistory(workflows.nested)
    history.claim(0)
    history.finish(0)
    const childRunId = '01990000-0000-7000-8000-0000000000cc'
    expect(() => history.claim(1)).toThrow(expect.objectContaining({ code: 'CONFLICT' }))
    expect(told(history.say({ type: 'StartChild', taskIndex: 1, epoch: 1, childRunId }))).toEqual(['ChildRunStarted 1'])
    expect(told(history.say({ type: 'StartChild', taskIndex: 1, epoch: 1, childRunId }))).toEqual([])
    expect(
      told(
        history.say({ type: 'FinishChild', taskIndex: 1, childRunId: history.run.id, status: 'FAILED', failure: null }),
      ),
    ).toEqual([])
    expect(
      told(history.say({ type: 'FinishChild', taskIndex: 1, childRunId, status: 'SUCCEEDED', failure: null })),
    ).toEqual(['TaskSucceeded 1', 'TaskReady 2'])
  })

  it('fails with it, and nests only so deep', () => {
    const history = createHistory(workflows.nested)
    history.claim(0)
    history.finish(0)
    const childRunId = '01990000-0000-7000-8000-0000000000cc'
    history.say({ type: 'StartChild', taskIndex: 1, epoch: 1, childRunId })
    expect(
      told(history.say({ type: 'FinishChild', taskIndex: 1, childRunId, status: 'CANCELLED', failure: null })),
    ).toEqual(['TaskFailed 1', 'TaskSkipped 2', 'RunFailed'])
    const parent = { runId: history.run.id, taskIndex: 1, depth: 5 }
    const meta = {
      commandId: 'x',
      actor: { kind: 'engine', id: 'e', name: 'E' },
      now: 0,
      seed: 1,
      correlationId: null,
    } as const
    expect(() => decide(childRunId, null, { ...startOf(workflows.single), parent }, meta)).toThrow(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED' }),
    )
  })
})

describe('retrying by hand', () => {
  it('points at the need that must be retried first', () => {
    const history = createHistory(
      {
        ...workflows.diamond,
        steps: workflows.diamond.steps.map(step => ({ ...step, trigger: 'all-succeeded' as const })),
      },
      { variables: { deep: true } },
    )
    history.claim(0)
    history.fail(0, false)
    expect(() => history.say({ type: 'RetryTask', taskIndex: 3, reason: '' })).toThrow(/retry task 1 instead/)
    expect(told(history.say({ type: 'RetryTask', taskIndex: 0, reason: '' }))).toEqual([
      'RunReopened',
      'TaskReset 0',
      'TaskReset 1',
      'TaskReset 2',
      'TaskReset 3',
      'TaskReady 0',
    ])
  })
})

describe('where an event came from', () => {
  it('names the event of the same task that led to it, and the run’s correlation', () => {
    const history = createHistory(workflows.single, { start: { correlationId: 'req-1' } })
    const [claimed] = history.claim(0)
    const ready = history.events.find(event => event.type === 'TaskReady')
    expect(claimed).toMatchObject({ causationSeq: ready?.seq, correlationId: 'req-1' })
    const [succeeded, ended] = history.finish(0)
    expect(succeeded?.causationSeq).toBe(claimed?.seq)
    expect(ended?.causationSeq).toBe(succeeded?.seq)
    const [reopened] = history.say(
      { type: 'RetryTask', taskIndex: 0, reason: '' },
      { correlationId: 'req-2', actor: { kind: 'person', id: 'p', name: 'P' } },
    )
    expect(reopened).toMatchObject({ correlationId: 'req-2', actor: { kind: 'person' }, causationSeq: null })
  })

  it('resolves references in an input to what stands there', () => {
    const workflow = {
      ...workflows.single,
      variables: [{ name: 'repo', type: 'string' as const, description: '' }],
      steps: workflows.single.steps.map(step => ({
        ...step,
        input: {
          from: { $ref: 'variables.repo' },
          deep: [{ $ref: 'variables.__proto__.x' }],
          at: { $ref: 'variables.repo.deeper' },
        },
      })),
    }
    const { run } = createHistory(workflow, { variables: { repo: 'here' } })
    expect(run.tasks[0] && resolveInput(run, run.tasks[0])).toEqual({ from: 'here', deep: [null], at: null })
  })
})
