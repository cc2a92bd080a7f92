/** Whatever is said in whatever order: the sequence is dense, the graph's order holds, a task ends once. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OrreryError } from '../errors.ts'
import { parseWorkflow } from '../validate.ts'
import type { Command } from './commands.ts'
import type { RecordedEvent } from './events.ts'
import { createHistory, forkHistory, type History } from './history.ts'
import { evolve, fold, isTaskEnded, type Run } from './state.ts'
import { runTimer, taskTimer } from './timers.ts'

/** Acyclic by construction: a step needs only earlier ones. Every third step with needs fans out over a list. */
const workflow = fc
  .array(
    fc.record({
      needs: fc.array(fc.nat(7), { maxLength: 3 }),
      trigger: fc.constantFrom('all-succeeded', 'all-done'),
      attempts: fc.integer({ min: 1, max: 3 }),
      optional: fc.boolean(),
      map: fc.boolean(),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map(shapes =>
    parseWorkflow({
      name: 'any',
      version: 1,
      title: 'Any',
      description: '',
      maxParallel: 3,
      steps: shapes.map(({ needs, trigger, attempts, optional, map }, index) => {
        const before = [...new Set(needs)].filter(need => need < index).map(need => `s${need}`)
        return {
          key: `s${index}`,
          title: `S${index} {item}`,
          agent: 'echo',
          needs: before,
          trigger,
          optional,
          retry: { maxAttempts: attempts, backoffMs: 10 },
          ...(map && before.length > 0 ? { forEach: `tasks.${before[0]}.output.items` } : {}),
        }
      }),
    }),
  )

type Move = { kind: number; pick: number; lie: boolean }
const moves = fc.array(fc.record({ kind: fc.nat(12), pick: fc.nat(50), lie: fc.boolean() }), { maxLength: 80 })

/** A command that may or may not be fitting; with `lie` it comes from a worker whose claim is over. */
function commandOf(run: Run, { kind, pick, lie }: Move): Command {
  const taskIndex = pick % run.tasks.length
  const task = run.tasks[taskIndex]
  const epoch = Math.max(0, (task?.epoch ?? 0) - (lie ? 1 : 0))
  const failure = { code: 'TASK_FAILED', message: 'it broke', hint: '', retryable: !lie } as const
  switch (kind) {
    case 0:
    case 1:
    case 2:
      return { type: 'ClaimTask', taskIndex, epoch: epoch + 1, worker: `w${pick % 3}` }
    case 3:
    case 4:
      return { type: 'FinishTask', taskIndex, epoch, output: { items: ['x', 'y'].slice(0, pick % 3) }, artifacts: [] }
    case 5:
      return { type: 'FailTask', taskIndex, epoch, failure, blocked: pick % 5 === 0, artifacts: [] }
    case 6:
      return { type: 'ExpireLease', taskIndex, epoch }
    case 7:
      return { type: 'FireTimer', timer: (task && taskTimer(task)?.name) ?? runTimer(run)?.name ?? 'deadline' }
    case 8:
      return { type: 'RetryTask', taskIndex, reason: 'again' }
    case 9:
      return { type: 'PauseRun', reason: '' }
    case 10:
      return { type: 'ResumeRun', reason: '' }
    case 11:
      return pick % 10 === 0 ? { type: 'CancelRun', reason: '' } : { type: 'ResetRun', reason: '' }
    default:
      return { type: 'ReleaseTask', taskIndex, epoch, reason: '' }
  }
}

const terminal = ['TaskSucceeded', 'TaskFailed', 'TaskBlocked', 'TaskSkipped', 'TaskCancelled']

/** Walks the log once and checks at each event what must hold there. */
function check(events: readonly RecordedEvent[]): void {
  let run: Run | null = null
  const ended = new Map<number, string>()
  events.forEach((event, index) => {
    expect(event.seq).toBe(index + 1)
    if (event.causationSeq !== null) expect(event.causationSeq).toBeLessThan(event.seq)
    if ('taskIndex' in event.data) {
      const { taskIndex } = event.data
      if (event.type === 'TaskReset') ended.delete(taskIndex)
      else if (event.type !== 'ArtifactCreated' && event.type !== 'TaskPlanned')
        expect(ended.get(taskIndex), `${event.type} after the end of task ${taskIndex}`).toBeUndefined()
      if (terminal.includes(event.type)) ended.set(taskIndex, event.type)
    }
    if (event.type === 'TaskClaimed' && run !== null) {
      const task = run.tasks[event.data.taskIndex]
      expect(task?.status).toBe('READY')
      expect(event.data.epoch).toBe((task?.epoch ?? 0) + 1)
      for (const need of task?.needs ?? []) expect(isTaskEnded(run.tasks[need]?.status ?? 'PLANNED')).toBe(true)
      expect(run.tasks.filter(one => one.status === 'CLAIMED').length).toBeLessThan(run.maxParallel)
    }
    run = evolve(run, event)
  })
}

/** What the state forbids is refused, and changes nothing. */
function tell(history: History, move: Move): void {
  try {
    history.say(commandOf(history.run, move))
  } catch (error) {
    if (!(error instanceof OrreryError)) throw error
  }
}

function carryOut(history: History): void {
  if (history.run.status === 'PAUSED') history.say({ type: 'ResumeRun', reason: '' })
  for (let round = 0; round < 200 && history.run.endedAt === null; round++) {
    const { run } = history
    const task =
      run.tasks.find(one => one.status === 'CLAIMED') ??
      run.tasks.find(one => one.status === 'READY') ??
      run.tasks.find(one => taskTimer(one) !== null)
    if (task?.status === 'CLAIMED') history.finish(task.index, { items: ['z'] })
    else if (task?.status === 'READY') history.claim(task.index)
    else if (task !== undefined) history.say({ type: 'FireTimer', timer: taskTimer(task)?.name ?? '' })
  }
}

describe('any interleaving of commands', () => {
  it('keeps seq dense, the order of the graph, and one end of each task', () => {
    fc.assert(
      fc.property(workflow, moves, (template, steps) => {
        const history = createHistory(template)
        for (const move of steps) tell(history, move)
        check(history.events)
        expect(fold(null, history.events)).toEqual(history.run)
        expect(JSON.parse(JSON.stringify(history.run))).toEqual(history.run)
      }),
      { numRuns: 300 },
    )
  })

  it('says nothing new when a command is said twice', () => {
    fc.assert(
      fc.property(workflow, moves, fc.nat(11), fc.nat(50), (template, steps, kind, pick) => {
        const history = createHistory(template)
        const attempt = (move: Move) => {
          const command = commandOf(history.run, move)
          try {
            return { command, caused: history.say(command).length }
          } catch {
            return { command, caused: 0 }
          }
        }
        for (const move of steps) attempt(move)
        const { command, caused } = attempt({ kind, pick, lie: false })
        // A reset and a retry are wishes, not facts: saying them again asks again.
        if (caused === 0 || command.type === 'ResetRun' || command.type === 'RetryTask') return
        try {
          expect(history.say(command)).toEqual([])
        } catch (error) {
          expect(error).toBeInstanceOf(OrreryError)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('always comes to an end when somebody does the work', () => {
    fc.assert(
      fc.property(workflow, moves, (template, steps) => {
        const history = createHistory(template)
        for (const move of steps) tell(history, move)
        carryOut(history)
        expect(['SUCCEEDED', 'FAILED', 'CANCELLED']).toContain(history.run.status)
      }),
      { numRuns: 200 },
    )
  })

  it('can be forked anywhere, and the fork is a run like any other, which leaves the first one as it was', () => {
    fc.assert(
      fc.property(workflow, moves, moves, (template, steps, later) => {
        const history = createHistory(template)
        for (const move of steps) tell(history, move)
        if (history.run.tasks.every(task => isTaskEnded(task.status))) return
        const { head } = history.run
        const before = structuredClone(history.events)
        const fork = forkHistory(history, head)
        expect(fork.run.tasks.filter(task => task.status === 'CLAIMED' || taskTimer(task) !== null)).toEqual([])
        for (const [index, task] of history.run.tasks.entries())
          if (isTaskEnded(task.status)) expect(fork.run.tasks[index]).toEqual(task)
        for (const move of later) tell(fork, move)
        carryOut(fork)
        check(fork.events)
        expect(['SUCCEEDED', 'FAILED', 'CANCELLED']).toContain(fork.run.status)
        expect(fold(null, fork.events)).toEqual(fork.run)
        expect(history.events).toEqual(before)
        expect(fork.events.slice(0, head).map(({ runId: _, ...event }) => event)).toEqual(
          before.map(({ runId: _, ...event }) => event),
        )
      }),
      { numRuns: 200 },
    )
  })
})
