/** Runs in which people are asked, work is sent back, handed on and planned while it runs. */
import { describe, expect, it } from 'vitest'
import { yesOrNo } from '../approval.ts'
import type { WorkflowInput } from '../workflow.ts'
import { maxHops } from './commands.ts'
import { createHistory, startOf, workflows } from './history.ts'
import { stableId } from './stable-id.ts'
import { fold } from './state.ts'
import { taskTimer } from './timers.ts'

const flow = (steps: WorkflowInput['steps']): WorkflowInput => ({
  name: 'people',
  version: 1,
  title: 'People',
  description: '',
  steps,
})
type History = ReturnType<typeof createHistory>
const person = (name: string) => ({ actor: { kind: 'person', id: name, name } as const })
const types = (events: readonly { type: string }[]) => events.map(({ type }) => type)

const ask = (
  history: History,
  taskIndex: number,
  extra: { timeoutMs?: number; onDeadline?: 'deny' | 'escalate'; quorum?: number } = {},
) => {
  const task = history.run.tasks[taskIndex]
  return history.say({
    type: 'RequestApproval',
    taskIndex,
    epoch: task?.epoch ?? 0,
    call: 0,
    approvalId: stableId('question'),
    question: {
      kind: 'question',
      title: 'May I?',
      body: 'Because.',
      fields: yesOrNo,
      timeoutMs: null,
      onDeadline: 'deny',
      quorum: 1,
      facts: null,
      subject: null,
      ...extra,
    },
  })
}
const answer = (history: History, who: string, approve: boolean, approvalId = stableId('question')) =>
  history.say({ type: 'AnswerApproval', approvalId, answer: { approve } }, person(who))
const fire = (history: History, taskIndex: number) => {
  const task = history.run.tasks[taskIndex]
  const timer = task === undefined ? null : taskTimer(task)
  return history.say({ type: 'FireTimer', timer: timer?.name ?? '' }, { now: timer?.dueAt ?? 0 })
}

describe('a question of an agent', () => {
  const asked = (extra = {}) => {
    const history = createHistory(workflows.single)
    history.claim(0)
    ask(history, 0, extra)
    return history
  }

  it('frees the worker, lets the run wait, and the same attempt goes on after the answer', () => {
    const history = asked()
    expect(history.run).toMatchObject({ status: 'WAITING', openApprovals: 1 })
    expect(history.run.tasks[0]).toMatchObject({ status: 'WAITING', worker: null, attempt: 1 })
    expect(types(answer(history, 'ada', true))).toEqual(['ApprovalAnswered', 'TaskReady'])
    expect(history.run).toMatchObject({ status: 'RUNNING', openApprovals: 0 })
    expect(history.run.tasks[0]).toMatchObject({ status: 'READY', attempt: 1, waitingFor: null })
    expect(history.run.approvals[0]).toMatchObject({ status: 'ANSWERED', answeredBy: { name: 'ada' } })
  })

  it('is answered once: who comes late is told by whom', () => {
    const history = asked()
    answer(history, 'ada', true)
    expect(answer(history, 'ada', true)).toEqual([])
    expect(() => answer(history, 'bob', false)).toThrow('ada answered this before; your answer has no effect')
  })

  it('takes a quorum of different people, and one refusal ends it', () => {
    const history = asked({ quorum: 2 })
    expect(types(answer(history, 'ada', true))).toEqual(['ApprovalVoted'])
    expect(() => answer(history, 'ada', true)).toThrow('voted on this already')
    expect(types(answer(history, 'bob', true))).toEqual(['ApprovalAnswered', 'TaskReady'])
    const refused = asked({ quorum: 3 })
    expect(types(answer(refused, 'ada', false))).toEqual(['ApprovalAnswered', 'TaskReady'])
  })

  it('expires at its deadline, and the answer that comes after it has no effect', () => {
    const history = asked({ timeoutMs: 5_000 })
    expect(types(fire(history, 0))).toEqual(['ApprovalExpired', 'TaskReady'])
    expect(() => answer(history, 'ada', true)).toThrow('deadline has passed')
  })

  it('is escalated once before it expires', () => {
    const history = asked({ timeoutMs: 5_000, onDeadline: 'escalate' })
    expect(types(fire(history, 0))).toEqual(['ApprovalEscalated'])
    expect(types(fire(history, 0))).toEqual(['ApprovalExpired', 'TaskReady'])
  })

  it('is withdrawn with the run, before its end', () => {
    const history = asked()
    expect(types(history.say({ type: 'CancelRun', reason: 'enough' }))).toEqual([
      'TaskCancelled',
      'ApprovalWithdrawn',
      'RunCancelled',
    ])
  })

  it('can be shared: several tasks wait for one answer', () => {
    const history = createHistory(flow(['a', 'b'].map(key => ({ key, title: key, agent: 'echo' }))))
    history.claim(0)
    history.claim(1)
    expect(types(ask(history, 0))).toEqual(['ApprovalRequested', 'TaskSuspended'])
    expect(history.run.status).toBe('RUNNING')
    expect(types(ask(history, 1))).toEqual(['TaskSuspended'])
    expect(history.run.status).toBe('WAITING')
    expect(types(answer(history, 'ada', true))).toEqual(['ApprovalAnswered', 'TaskReady', 'TaskReady'])
  })

  it('survives a reset of the run, which would only ask again', () => {
    const history = asked()
    expect(types(history.say({ type: 'ResetRun', reason: '' }))).toEqual(['RunReset'])
    expect(history.run.tasks[0]?.status).toBe('WAITING')
  })

  it('goes on waiting while the run is paused and resumed', () => {
    const history = asked()
    history.say({ type: 'PauseRun', reason: '' })
    expect(history.run.status).toBe('PAUSED')
    history.say({ type: 'ResumeRun', reason: '' })
    expect(history.run.status).toBe('WAITING')
  })
})

describe('a step that asks before it begins', () => {
  const gated = () =>
    createHistory(flow([{ key: 'a', title: 'A', agent: 'echo', approval: { title: 'Begin?', timeoutMs: 9_000 } }]))

  it('begins after a yes, and fails after a no or after the deadline', () => {
    const yes = gated()
    expect(yes.run.status).toBe('WAITING')
    const id = yes.run.approvals[0]?.id ?? ''
    expect(types(answer(yes, 'ada', true, id))).toEqual(['ApprovalAnswered', 'TaskReady'])
    const no = gated()
    expect(types(answer(no, 'ada', false, id))).toEqual(['ApprovalAnswered', 'TaskFailed', 'RunFailed'])
    expect(no.run.tasks[0]?.error).toMatchObject({ code: 'DENIED', message: 'ada said no' })
    expect(types(fire(gated(), 0))).toEqual(['ApprovalExpired', 'TaskFailed', 'RunFailed'])
  })

  it('is asked anew when it is retried', () => {
    const history = gated()
    answer(history, 'ada', false, history.run.approvals[0]?.id ?? '')
    expect(types(history.say({ type: 'RetryTask', taskIndex: 0, reason: '' }))).toEqual([
      'RunReopened',
      'TaskReset',
      'ApprovalRequested',
      'TaskSuspended',
    ])
  })

  it('waits for “go” at every task in manual mode', () => {
    const command = { ...startOf(workflows.single), manual: true }
    const stepwise = createHistory(workflows.single, { command })
    expect(stepwise.run.tasks[0]?.status).toBe('WAITING')
    expect(stepwise.run.approvals[0]).toMatchObject({ kind: 'go', title: 'Go: Only' })
    expect(types(answer(stepwise, 'ada', true, stepwise.run.approvals[0]?.id ?? ''))).toEqual([
      'ApprovalAnswered',
      'TaskReady',
    ])
  })
})

describe('a review that sends work back', () => {
  const reviewed = (maxRounds: number, otherwise: 'fail' | 'go-on' = 'fail') =>
    createHistory(
      flow([
        { key: 'write', title: 'Write', agent: 'author', retry: { maxAttempts: 2, backoffMs: 1 } },
        { key: 'test', title: 'Test', agent: 'tester', needs: ['write'] },
        {
          key: 'review',
          title: 'Review',
          agent: 'reviewer',
          needs: ['test'],
          back: {
            to: 'write',
            when: { path: 'tasks.review.output.verdict', op: 'equals', value: 'changes' },
            maxRounds,
            otherwise,
          },
        },
      ]),
    )
  const round = (history: History, verdict: string) => {
    for (const index of [0, 1]) {
      history.claim(index)
      history.finish(index, { made: index })
    }
    history.claim(2)
    return history.finish(2, { verdict, findings: ['line 3'] })
  }

  it('gives the author its work and the findings, and fresh tries', () => {
    const history = reviewed(2)
    expect(types(round(history, 'changes'))).toEqual([
      'TaskSucceeded',
      'TaskSentBack',
      'TaskReset',
      'TaskReset',
      'TaskReset',
      'TaskReady',
    ])
    const [author] = history.run.tasks
    expect(author).toMatchObject({ status: 'READY', attempt: 2, attemptBase: 1, round: 1, previous: { made: 0 } })
    expect(author?.findings).toEqual({ verdict: 'changes', findings: ['line 3'] })
    history.claim(0)
    expect(types(history.fail(0))).toEqual(['TaskAttemptFailed', 'RetryScheduled'])
  })

  it('ends well when it is content, and fails when its rounds are used up', () => {
    const content = reviewed(1)
    round(content, 'changes')
    expect(types(round(content, 'approve'))).toEqual(['TaskSucceeded', 'RunSucceeded'])
    const never = reviewed(1)
    round(never, 'changes')
    expect(types(round(never, 'changes'))).toEqual(['TaskFailed', 'RunFailed'])
  })

  it('stands as it is after its rounds where somebody else is to decide', () => {
    const history = reviewed(1, 'go-on')
    round(history, 'changes')
    expect(types(round(history, 'changes'))).toEqual(['TaskSucceeded', 'RunSucceeded'])
    expect(history.run.tasks[2]?.output).toMatchObject({ verdict: 'changes' })
  })

  it('says nothing new when its worker says it again', () => {
    const history = reviewed(2)
    round(history, 'changes')
    const again = { type: 'FinishTask', taskIndex: 2, epoch: 1, output: { verdict: 'changes' }, artifacts: [] } as const
    expect(history.say(again)).toEqual([])
  })
})

describe('a plan that becomes tasks', () => {
  const planned = () =>
    createHistory(
      flow([
        { key: 'plan', title: 'Plan', agent: 'planner' },
        {
          key: 'build',
          title: '{item.title}',
          agent: '{item.agent}',
          needs: ['plan'],
          forEach: 'tasks.plan.output.steps',
          graph: true,
        },
      ]),
    )
  const finish = (steps: object[]) => {
    const history = planned()
    history.claim(0)
    history.finish(0, { steps } as never)
    return history
  }

  it('keeps the order that the plan asks for', () => {
    const history = finish([
      { key: 'api', title: 'API', agent: 'coder', needs: ['schema'] },
      { key: 'schema', title: 'Schema', agent: 'architect' },
    ])
    expect(history.run.tasks.slice(2)).toMatchObject([
      { key: 'build/api', title: 'API', uses: 'coder', needs: [3], status: 'PLANNED' },
      { key: 'build/schema', title: 'Schema', uses: 'architect', needs: [], status: 'READY' },
    ])
    history.claim(3)
    expect(types(history.finish(3))).toEqual(['TaskSucceeded', 'TaskReady'])
    history.claim(2)
    expect(types(history.finish(2))).toEqual(['TaskSucceeded', 'TaskSucceeded', 'RunSucceeded'])
  })

  it('is carried out once when a person says yes to it', () => {
    const history = createHistory(
      flow([
        { key: 'plan', title: 'Plan', agent: 'planner' },
        {
          ...{ key: 'build', title: '{item.title}', agent: '{item.agent}', needs: ['plan'] },
          ...{ forEach: 'tasks.plan.output.steps', graph: true, approval: { title: 'Carry out?', kind: 'plan' } },
        },
      ]),
    )
    history.claim(0)
    history.finish(0, { steps: [{ key: 'api', title: 'API', agent: 'coder' }] } as never)
    const [gate] = history.run.approvals
    expect(types(answer(history, 'ada', true, gate?.id))).toEqual([
      'ApprovalAnswered',
      'TaskExpanded',
      'TaskPlanned',
      'TaskReady',
    ])
    history.claim(2)
    expect(types(history.finish(2))).toEqual(['TaskSucceeded', 'TaskSucceeded', 'RunSucceeded'])
  })

  it.each([
    [[{ key: 'a', needs: ['b'] }], 'a needs b, which is not there'],
    [[{ key: 'a', needs: ['a'] }], 'a cycle of needs: a → a'],
    [[{ key: 'a' }, { key: 'a' }], 'a stands twice'],
    [[{ title: 'x' }], '0.key: '],
  ])('%j is refused: %s', (steps, fault) => {
    const history = finish(steps)
    expect(history.run.tasks[1]).toMatchObject({ status: 'FAILED', error: { code: 'BAD_INPUT' } })
    expect(history.run.tasks[1]?.error?.message).toContain(fault)
  })
})

describe('a handoff', () => {
  const offer = (history: History, taskIndex: number, known = true) =>
    history.say({
      type: 'OfferHandoff',
      taskIndex,
      epoch: history.run.tasks[taskIndex]?.epoch ?? 0,
      call: 0,
      handoffId: stableId('handoff', taskIndex),
      agent: 'helper',
      known,
      workerClass: 'light',
      title: 'Help',
      goal: 'help me',
      packet: {},
      input: {},
      timeoutMs: 60_000,
    })

  it('is a task of its own, for which the giver waits', () => {
    const history = createHistory(workflows.single)
    history.claim(0)
    expect(types(offer(history, 0))).toEqual(['HandoffOffered', 'TaskPlanned', 'TaskReady', 'TaskSuspended'])
    expect(types(history.claim(1))).toEqual(['TaskClaimed', 'HandoffAccepted'])
    expect(types(history.finish(1, { found: 1 }))).toEqual(['TaskSucceeded', 'TaskReady'])
    expect(history.run.tasks[0]).toMatchObject({ status: 'READY', attempt: 1 })
  })

  it('that fails is for the giver to judge, not the end of the run', () => {
    const history = createHistory(workflows.single)
    history.claim(0)
    offer(history, 0)
    history.claim(1)
    expect(types(history.fail(1, false))).toEqual(['TaskFailed', 'TaskReady'])
    history.claim(0)
    expect(types(history.finish(0))).toEqual(['TaskSucceeded', 'RunSucceeded'])
  })

  it('is refused for an agent that is not there, and the giver goes on at once', () => {
    const history = createHistory(workflows.single)
    history.claim(0)
    expect(types(offer(history, 0, false))).toEqual(['HandoffOffered', 'HandoffRefused'])
    expect(history.run.tasks[0]?.status).toBe('CLAIMED')
  })

  it('is taken back when nobody accepts it in time', () => {
    const history = createHistory(workflows.single)
    history.claim(0)
    offer(history, 0)
    expect(types(fire(history, 0))).toEqual(['HandoffTimedOut', 'TaskCancelled', 'TaskReady'])
  })

  it('ends after some hops, so that two agents cannot pass work for ever', () => {
    const history = createHistory(workflows.single)
    for (let hop = 0; hop <= maxHops; hop++) {
      history.claim(hop)
      offer(history, hop)
    }
    expect(history.run.handoffs.at(-1)).toMatchObject({
      status: 'REFUSED',
      reason: expect.stringContaining('at most 4'),
    })
  })
})

describe('messages between agents', () => {
  it('are handled once, whoever asks', () => {
    const history = createHistory(flow(['a', 'b', 'c'].map(key => ({ key, title: key, agent: 'echo' }))))
    for (const index of [0, 1, 2]) history.claim(index)
    const messageId = stableId('m')
    const send = {
      type: 'SendMessage',
      taskIndex: 0,
      epoch: 1,
      call: 0,
      messageId,
      sender: 'a',
      recipient: 'echo',
      priority: 0,
      message: 'hi',
    } as const
    expect(types(history.say(send))).toEqual(['MessageSent'])
    expect(history.say(send)).toEqual([])
    const receive = (taskIndex: number) =>
      history.say({ type: 'ReceiveMessages', taskIndex, epoch: 1, call: 0, messageIds: [messageId] })
    expect(types(receive(1))).toEqual(['MessageHandled', 'ToolCallFinished'])
    expect(types(receive(2))).toEqual(['ToolCallFinished'])
    expect(history.events.at(-1)).toMatchObject({ data: { output: [] } })
  })
})

describe('changes', () => {
  it('are merged one after the other', () => {
    const history = createHistory(flow(['a', 'b'].map(key => ({ key, title: key, agent: 'echo' }))))
    history.claim(0)
    history.claim(1)
    const merge = (taskIndex: number, expected: string | null, trunkCommit: string) =>
      history.say({
        type: 'MergeChange',
        taskIndex,
        epoch: 1,
        expected,
        trunkCommit,
        commit: trunkCommit,
        trunkHash: '0'.repeat(64),
        baseCommit: 'base',
        files: 1,
      })
    expect(types(merge(0, null, 'c1'))).toEqual(['ChangeMerged'])
    expect(merge(0, null, 'c1')).toEqual([])
    expect(() => merge(1, null, 'c2')).toThrow('the trunk stands at c1')
    merge(1, 'c1', 'c2')
    expect(history.run.trunk).toEqual({ commit: 'c2', hash: '0'.repeat(64), base: 'base' })
    expect(fold(null, history.events)).toEqual(history.run)
  })

  it('that conflict are kept as that once, however often it is said and whoever does the task by then', () => {
    const history = createHistory(flow(['a', 'b'].map(key => ({ key, title: key, agent: 'echo' }))))
    history.claim(0)
    const conflict = (epoch: number, commit: string, paths = ['a.txt']) =>
      history.say({
        type: 'ReportConflict',
        taskIndex: 0,
        epoch,
        commit,
        trunkCommit: 'c2',
        mergeBase: 'c0',
        files: paths.length,
        paths,
      })
    expect(types(conflict(1, 'c1'))).toEqual(['MergeConflicted'])
    expect(conflict(1, 'c1')).toEqual([])
    history.say({ type: 'ExpireLease', taskIndex: 0, epoch: 1 })
    history.claim(0, 'worker-2')
    expect(() => conflict(1, 'c1')).toThrow('epoch 1 of task 0 is not valid')
    expect(conflict(2, 'c1')).toEqual([])
    // Another change is another conflict, and of a thousand files an event names what it has room for.
    const many = Array.from({ length: 1_000 }, (_, index) => `src/${'deep/'.repeat(8)}${index}.ts`)
    expect(conflict(2, 'c3', many)).toMatchObject([{ data: { files: 1_000, paths: many.slice(0, 41) } }])
    expect(history.run.conflicts.map(({ commit }) => commit)).toEqual(['c1', 'c3'])
    expect(fold(null, history.events)).toEqual(history.run)
  })
})
