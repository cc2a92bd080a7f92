/** What a fork begins with, at any moment of any run. */
import { describe, expect, it } from 'vitest'
import { yesOrNo } from '../approval.ts'
import type { OrreryError } from '../errors.ts'
import type { WorkflowInput } from '../workflow.ts'
import { inheritedArtifactId } from './forked.ts'
import { createHistory, forkHistory, type History, startOf, workflows } from './history.ts'
import { stableId } from './stable-id.ts'
import { begunAt, fold, isTaskEnded } from './state.ts'
import { runTimer, taskTimer } from './timers.ts'

const flow = (steps: WorkflowInput['steps']): WorkflowInput => ({
  name: 'forked',
  version: 1,
  title: 'Forked',
  description: '',
  variables: [
    { name: 'objective', type: 'string', description: '', default: 'mend it' },
    { name: 'deep', type: 'boolean', description: '', default: true },
  ],
  steps,
})
const variables = { objective: 'mend it', deep: true }
const types = (events: readonly { type: string }[]) => events.map(({ type }) => type)
const person = (name: string) => ({ actor: { kind: 'person', id: name, name } as const })
const own = (fork: History, atSeq: number) => types(fork.events.slice(atSeq))

const tool = (history: History, taskIndex: number, call: number, name = 'look') =>
  history.say({
    ...{ type: 'FinishToolCall', taskIndex, call, tool: name, output: { call }, exitCode: null, durationMs: 1 },
    epoch: history.run.tasks[taskIndex]?.epoch ?? 0,
    outputHash: null,
    treeHash: null,
  })
const ask = (history: History, taskIndex: number, approvalId = stableId('question')) =>
  history.say({
    ...{ type: 'RequestApproval', taskIndex, call: 0, approvalId, epoch: history.run.tasks[taskIndex]?.epoch ?? 0 },
    question: {
      ...{ kind: 'question', title: 'May I?', body: '', fields: yesOrNo, timeoutMs: 60_000, onDeadline: 'deny' },
      quorum: 1,
      facts: null,
      subject: null,
    },
  })
const answer = (history: History, approve = true) => {
  const open = history.run.approvals.find(one => one.status === 'OPEN')
  return history.say({ type: 'AnswerApproval', approvalId: open?.id ?? '', answer: { approve } }, person('ann'))
}

/** Work that ends well, until the run does. */
function carryOut(history: History): void {
  for (let round = 0; round < 100 && history.run.endedAt === null; round++) {
    const task = history.run.tasks.find(one => one.status === 'READY' || one.status === 'CLAIMED')
    if (task?.status === 'READY') history.claim(task.index)
    else if (task !== undefined) history.finish(task.index, { items: ['x', 'y'] })
    else if (history.run.openApprovals > 0) answer(history)
    else break
  }
}

describe('a fork of a run', () => {
  it('lets a task at work go on with its attempt and its journal, under a later epoch', () => {
    const history = createHistory(workflows.diamond)
    history.claim(0)
    tool(history, 0, 0)
    tool(history, 0, 1)
    const at = history.run.head
    const fork = forkHistory(history, at)
    expect(own(fork, at)).toEqual(['RunForked', 'TaskReady'])
    expect(fork.run.tasks[0]).toMatchObject({ status: 'READY', attempt: 1, epoch: 1, calls: 2, resumes: false })
    expect(() => fork.finish(0)).toThrow(/epoch 1 of task 0 is not valid/)
    fork.claim(0)
    expect(fork.run.tasks[0]).toMatchObject({ status: 'CLAIMED', attempt: 1, epoch: 2, calls: 2 })
    carryOut(fork)
    expect(fork.run.status).toBe('SUCCEEDED')
  })

  it('goes on where the run has ended, and leaves what was done as it was', () => {
    const history = createHistory(workflows.diamond, { variables: { deep: true } })
    carryOut(history)
    const at = history.events.findIndex(event => event.type === 'TaskSucceeded' && event.data.taskIndex === 0) + 1
    const fork = forkHistory(history, at)
    expect(own(fork, at)).toEqual(['RunForked', 'TaskReady', 'TaskReady'])
    expect(fork.run).toMatchObject({ status: 'RUNNING', endedAt: null, error: null, head: at + 3 })
    expect(fork.run.tasks[0]).toEqual({ ...history.run.tasks[0], lastSeq: at })
    carryOut(fork)
    expect(fork.run.status).toBe('SUCCEEDED')
  })

  it('has a time of its own, as long as that of the run', () => {
    const history = createHistory(workflows.single)
    const fork = forkHistory(history, history.run.head)
    const forkedAt = fork.events.at(-1)?.at ?? 0
    expect(runTimer(fork.run)?.dueAt).toBe(forkedAt + ((history.run.dueAt ?? 0) - history.run.startedAt))
    const again = forkHistory(fork, fork.run.head, { number: 2 })
    expect(runTimer(again.run)?.dueAt).toBe(
      (again.events.at(-1)?.at ?? 0) + ((history.run.dueAt ?? 0) - history.run.startedAt),
    )
  })

  it('goes on where the run is paused', () => {
    const history = createHistory(workflows.single)
    history.say({ type: 'PauseRun', reason: '' })
    const fork = forkHistory(history, history.run.head)
    expect(fork.run.status).toBe('PENDING')
    fork.claim(0)
    expect(fork.run.status).toBe('RUNNING')
    expect(begunAt(fork.run)).toBe(fork.run.forkedFrom?.at)
    expect(begunAt(history.run)).toBe(history.run.startedAt)
  })

  it('counts none of what was spent, and keeps it apart', () => {
    const history = createHistory(workflows.single)
    history.claim(0)
    const call = { taskIndex: 0, epoch: 1, call: 0, tryIndex: 0, model: 'm/1', provider: 'm', simulated: false }
    history.say({
      ...{ ...call, type: 'FailModelCall', costMicros: 70, certainty: 'known', reason: 'UNAVAILABLE', retryInMs: null },
      error: { code: 'UNAVAILABLE', message: '', hint: '', retryable: true },
    })
    const fork = forkHistory(history, history.run.head)
    expect(fork.run).toMatchObject({ spentMicros: 0, inheritedMicros: 70, tasks: [{ spentMicros: 0 }] })
    expect(forkHistory(fork, fork.run.head, { number: 2 }).run.inheritedMicros).toBe(70)
  })

  it('gives inherited artifacts ids of their own, and leaves everything else about them', () => {
    const history = createHistory(workflows.diamond)
    history.claim(0)
    const artifactId = stableId('artifact')
    const made = { artifactId, kind: 'File', title: 'a', mediaType: 'text/plain', size: 1, hash: '0'.repeat(64) }
    history.say({ type: 'FinishTask', taskIndex: 0, epoch: 1, output: null, artifacts: [made] })
    const fork = forkHistory(history, history.run.head)
    expect(fork.run.artifacts).toEqual([
      { ...history.run.artifacts[0], id: inheritedArtifactId(fork.run.id, artifactId) },
    ])
    expect(fork.run.artifacts[0]?.id).not.toBe(artifactId)
  })

  it('waits no longer for a retry, and does not count the tries that failed anew', () => {
    const history = createHistory(
      flow([{ key: 'a', title: 'A', agent: 'echo', retry: { maxAttempts: 2, backoffMs: 60_000 } }]),
    )
    history.claim(0)
    history.fail(0)
    expect(taskTimer(history.run.tasks[0] as never)).not.toBeNull()
    for (const at of [history.run.head, history.run.head - 1]) {
      const fork = forkHistory(history, at)
      expect(own(fork, at)).toEqual(['RunForked', 'TaskReady'])
      expect(fork.run.tasks[0]).toMatchObject({ attempt: 2, calls: 0, dueAt: null })
      fork.claim(0)
      expect(types(fork.fail(0))).toContain('TaskFailed')
    }
  })

  it('goes on with its attempt where a worker was lost or gave back, also between the two events of that', () => {
    const history = createHistory(workflows.single)
    history.claim(0)
    tool(history, 0, 0)
    history.say({ type: 'ExpireLease', taskIndex: 0, epoch: 1 })
    for (const at of [history.run.head, history.run.head - 1]) {
      const fork = forkHistory(history, at)
      expect(fork.run.tasks[0]).toMatchObject({ status: 'READY', attempt: 1, calls: 1, losses: 0 })
    }
  })

  it('keeps the finished elements of a fan-out, and goes on with the others', () => {
    const history = createHistory(workflows.fanOut)
    history.claim(0)
    history.finish(0, { items: ['a', 'b', 'c'] })
    history.claim(3)
    history.finish(3)
    history.claim(4)
    const at = history.run.head
    const fork = forkHistory(history, at)
    expect(own(fork, at)).toEqual(['RunForked', 'TaskReady', 'TaskReady'])
    expect(fork.run.tasks.map(task => task.status)).toEqual([
      ...['SUCCEEDED', 'WAITING', 'PLANNED'],
      ...['SUCCEEDED', 'READY', 'READY'],
    ])
    carryOut(fork)
    expect(fork.run.status).toBe('SUCCEEDED')
    expect(fork.run.tasks[1]?.output).toEqual({ count: 3, succeeded: 3, failed: 0 })
  })

  it('is refused where nothing is left, and says where something was', () => {
    const history = createHistory(workflows.single)
    carryOut(history)
    const end = history.run.head
    for (const at of [end, end - 1]) {
      try {
        forkHistory(history, at)
        expect.unreachable()
      } catch (error) {
        expect(error).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(`after event ${at} nothing`) })
        expect((error as OrreryError).hint).toContain(`after event ${end - 2} something`)
      }
    }
    expect(forkHistory(history, end - 2).run.tasks[0]?.status).toBe('READY')
  })
})

describe('a fork inherits no yes', () => {
  const gated = flow([
    {
      key: 'a',
      title: 'A',
      agent: 'echo',
      approval: { title: 'Begin?', body: '', kind: 'plan', timeoutMs: 60_000, onDeadline: 'deny', quorum: 1 },
    },
  ])

  it('to begin: it is asked again, and the task goes on from its journal then', () => {
    const history = createHistory(gated)
    answer(history)
    history.claim(0)
    tool(history, 0, 0)
    const at = history.run.head
    const fork = forkHistory(history, at)
    expect(own(fork, at)).toEqual(['RunForked', 'ApprovalRequested', 'TaskSuspended'])
    expect(fork.run.status).toBe('WAITING')
    const [before, asked] = fork.run.approvals
    expect(before?.status).toBe('ANSWERED')
    expect(asked?.id).not.toBe(before?.id)
    expect(asked?.dueAt).toBe((fork.events.at(-1)?.at ?? 0) + 60_000)
    answer(fork)
    expect(fork.run.tasks[0]).toMatchObject({ status: 'READY', attempt: 1, calls: 1 })
  })

  it('that nobody has given yet: the question of the run is withdrawn, and one of its own is asked', () => {
    const history = createHistory(gated)
    const at = history.run.head
    const fork = forkHistory(history, at)
    expect(fork.run.approvals.map(one => one.status)).toEqual(['WITHDRAWN', 'OPEN'])
    expect(fork.run.openApprovals).toBe(1)
    answer(fork)
    expect(fork.run.tasks[0]).toMatchObject({ status: 'READY', attempt: 1 })
    const again = forkHistory(fork, fork.run.head, { number: 2 })
    expect(again.run.approvals.map(one => one.status)).toEqual(['WITHDRAWN', 'ANSWERED', 'OPEN'])
  })

  it('of a run that goes on by hand: every task waits for its go once more', () => {
    const history = createHistory(workflows.single, {
      command: { ...startOf(workflows.single), manual: true },
    })
    answer(history)
    history.claim(0)
    const fork = forkHistory(history, history.run.head)
    expect(fork.run.approvals.at(-1)).toMatchObject({ status: 'OPEN', kind: 'go' })
  })

  it('a task that waits for an answer asks again, under the attempt that it had', () => {
    const history = createHistory(workflows.single)
    history.claim(0)
    ask(history, 0)
    const fork = forkHistory(history, history.run.head)
    expect(fork.run.approvals).toMatchObject([{ status: 'WITHDRAWN', dueAt: null }])
    expect(fork.run.tasks[0]).toMatchObject({ status: 'READY', attempt: 1, waitingFor: null, dueAt: null })
  })

  it('that stands at the end of a journal: the journal goes on before it', () => {
    const history = createHistory(workflows.single)
    history.claim(0)
    tool(history, 0, 0)
    tool(history, 0, 1, 'ask')
    const fork = forkHistory(history, history.run.head, { journals: [{ taskIndex: 0, calls: 1 }] })
    expect(fork.run.tasks[0]?.calls).toBe(1)
  })
})

describe('a fork with changes', () => {
  const steps = flow([
    { key: 'a', title: 'A', agent: 'echo', input: { objective: { $ref: 'variables.objective' } } },
    { key: 'b', title: 'B', agent: 'other', input: {} },
    {
      key: 'c',
      title: 'C',
      agent: 'echo',
      needs: ['a', 'b'],
      when: { path: 'variables.deep', op: 'equals', value: true },
    },
  ])
  const started = () => {
    const history = createHistory(steps, { variables })
    history.claim(0)
    tool(history, 0, 0)
    history.claim(1)
    tool(history, 1, 0)
    return history
  }

  it('begins anew what was told otherwise, and nothing else', () => {
    const history = started()
    const fork = forkHistory(history, history.run.head, { changes: { variables: { objective: 'mend all of it' } } })
    expect(fork.run.variables).toEqual({ objective: 'mend all of it', deep: true })
    expect(fork.run.tasks).toMatchObject([
      { status: 'READY', attempt: 2, attemptBase: 1, calls: 0 },
      { status: 'READY', attempt: 1, calls: 1 },
      { status: 'PLANNED' },
    ])
  })

  it('begins anew what its agents are at', () => {
    const history = started()
    const prompts = [{ role: 'other', text: 'Be brief.', replaces: false }]
    const fork = forkHistory(history, history.run.head, { changes: { prompts }, agents: ['other'] })
    expect(fork.run.tasks).toMatchObject([{ attempt: 1, calls: 1 }, { attempt: 2, calls: 0 }, {}])
    expect(fork.run.adjustments).toEqual({ prompts, allowedModels: null, withoutTools: [] })
  })

  it('lets tasks that are still to come see what it says', () => {
    const history = started()
    const fork = forkHistory(history, history.run.head, { changes: { variables: { deep: false }, title: 'Shallow' } })
    carryOut(fork)
    expect(fork.run).toMatchObject({ status: 'SUCCEEDED', title: 'Shallow' })
    expect(fork.run.tasks[2]?.status).toBe('SKIPPED')
  })

  it('lays the changes of forks of forks over each other', () => {
    const history = started()
    const said = (text: string, replaces = false) => ({ role: 'echo', text, replaces })
    const one = forkHistory(history, history.run.head, {
      changes: { prompts: [said('One.')], withoutTools: ['shell'], allowedModels: ['m/1'], budgetMicros: 5 },
    })
    const two = forkHistory(one, one.run.head, {
      number: 2,
      changes: { prompts: [said('One.'), said('Two.')], withoutTools: ['fetch'] },
    })
    expect(two.run.budgetMicros).toBe(5)
    expect(two.run.adjustments).toEqual({
      ...{ prompts: [said('One.'), said('Two.')], withoutTools: ['shell', 'fetch'], allowedModels: ['m/1'] },
    })
    const three = forkHistory(two, two.run.head, { number: 3, changes: { prompts: [said('Three.', true)] } })
    expect(three.run.adjustments?.prompts).toEqual([said('Three.', true)])
  })
})

describe('a fork of handed over work', () => {
  const offer = (history: History) =>
    history.say({
      ...{ type: 'OfferHandoff', taskIndex: 0, epoch: history.run.tasks[0]?.epoch ?? 0, call: 0, agent: 'helper' },
      ...{ handoffId: stableId('handoff'), known: true, workerClass: 'light', title: 'Help', goal: 'Help me' },
      ...{ packet: null, input: null, timeoutMs: 60_000 },
    })

  it('goes on with both, and waits as long again for an acceptance', () => {
    const history = createHistory(workflows.single)
    history.claim(0)
    offer(history)
    const fork = forkHistory(history, history.run.head)
    expect(fork.run.tasks).toMatchObject([
      { status: 'READY', attempt: 1 },
      { status: 'READY', attempt: 1 },
    ])
    fork.claim(0)
    expect(types(offer(fork))).toEqual(['TaskSuspended'])
    expect(fork.run.tasks[0]?.dueAt).toBe((fork.events.at(-1)?.at ?? 0) + 60_000)
    fork.claim(1)
    fork.finish(1)
    expect(fork.run.tasks[0]?.status).toBe('READY')
  })

  it('takes the work back where its giver begins anew', () => {
    const history = createHistory(workflows.single)
    history.claim(0)
    offer(history)
    const at = history.run.head
    const fork = forkHistory(history, at, { agents: ['echo'] })
    expect(own(fork, at)).toEqual(['RunForked', 'TaskCancelled', 'TaskReady'])
    expect(fork.run.tasks).toMatchObject([{ status: 'READY', attempt: 2 }, { status: 'CANCELLED' }])
  })
})

describe('a fork of a task that is a run', () => {
  const childRunId = stableId('child')
  const nested = () => {
    const history = createHistory(workflows.nested)
    history.claim(0)
    history.finish(0)
    history.say({ type: 'StartChild', taskIndex: 1, epoch: 1, childRunId })
    return history
  }
  const children = [{ taskIndex: 1, runId: childRunId, seq: 7, at: 0 }]

  it('names where the run stood, and begins another one', () => {
    const history = nested()
    const fork = forkHistory(history, history.run.head, { children })
    expect(fork.run.tasks[1]).toMatchObject({
      ...{ status: 'READY', attempt: 1, epoch: 1, childRunId: null, childFrom: { runId: childRunId, seq: 7, at: 0 } },
    })
    fork.say({ type: 'StartChild', taskIndex: 1, epoch: 2, childRunId: stableId('other') })
    expect(fork.run.tasks[1]).toMatchObject({ status: 'WAITING', childFrom: { runId: childRunId, seq: 7, at: 0 } })
    const again = forkHistory(fork, fork.run.head, { number: 2 })
    expect(again.run.tasks[1]?.childFrom).toEqual({ runId: childRunId, seq: 7, at: 0 })
  })

  it('forgets where it stood when the task is done again', () => {
    const fork = forkHistory(nested(), nested().run.head, { children })
    fork.say({ type: 'StartChild', taskIndex: 1, epoch: 2, childRunId: stableId('other') })
    fork.say({ type: 'FinishChild', taskIndex: 1, childRunId: stableId('other'), status: 'FAILED', failure: null })
    fork.say({ type: 'RetryTask', taskIndex: 1, reason: '' })
    expect(fork.run.tasks[1]?.childFrom).toBeNull()
  })

  it('ends as the run did where that had ended, and otherwise stands for itself', () => {
    const history = createHistory(workflows.single)
    carryOut(history)
    const parent = { runId: stableId('parent'), taskIndex: 1, depth: 0 }
    const child = forkHistory(history, history.run.head, { parent })
    expect(own(child, history.run.head)).toEqual(['RunForked', 'RunSucceeded'])
    expect(child.run).toMatchObject({ parentRunId: parent.runId, parentTaskIndex: 1, depth: 1 })
    const cancelled = createHistory(workflows.single)
    cancelled.say({ type: 'CancelRun', reason: '' })
    expect(forkHistory(cancelled, cancelled.run.head, { parent }).run.status).toBe('CANCELLED')
    const alone = forkHistory(child, 3, { number: 2 })
    expect(alone.run).toMatchObject({ parentRunId: null, parentTaskIndex: null, depth: 0 })
  })
})

describe('at every single event', () => {
  it('a fork begins with what was left, and comes to the end', () => {
    for (const workflow of [workflows.diamond, workflows.fanOut, workflows.single]) {
      const history = createHistory(workflow)
      carryOut(history)
      const planned = history.events.findLastIndex(event => event.type === 'TaskPlanned' && event.causationSeq === 1)
      for (let at = planned + 1; at <= history.run.head; at++) {
        // In the middle of a plan no fork begins; see fork-moment.ts.
        if (history.events[at]?.type === 'TaskPlanned') continue
        const before = fold(null, history.events.slice(0, at))
        if (before?.tasks.every(task => isTaskEnded(task.status))) continue
        const fork = forkHistory(history, at)
        carryOut(fork)
        expect(fork.run.status, `${workflow.name} at ${at}`).toBe('SUCCEEDED')
        expect(fork.run.tasks.length).toBe(history.run.tasks.length)
        expect(fold(null, fork.events)).toEqual(fork.run)
        expect(JSON.parse(JSON.stringify(fork.run))).toEqual(fork.run)
      }
    }
  })
})
