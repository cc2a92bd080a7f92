/**
 * What a task waits for without holding a worker: an answer, or a task that it handed work to. The wait is said as a
 * command, which gives the claim back; the task is claimed again when it is over, and finds the outcome in the state.
 */
import type { Handled } from '../db/store.ts'
import type { Answer, Answered, Question } from '../domain/approval.ts'
import type { Json } from '../domain/json.ts'
import { type AgentMessage, type Handoff, type HandoffOutcome, Suspended, type TaskContext } from '../domain/ports.ts'
import type { Approval } from '../domain/run/approvals.ts'
import type { Command } from '../domain/run/commands.ts'
import { handoffOf } from '../domain/run/decide-handoff.ts'
import { stableId } from '../domain/run/stable-id.ts'
import { isTaskEnded, type Message, type Run, type Task } from '../domain/run/state.ts'
import type { Claim } from './claims.ts'
import type { TaskJournal } from './task-journal.ts'

export type SuspensionDeps = {
  run: Run
  task: Task
  claim: Claim
  journal: TaskJournal
  say(command: Command): Promise<Pick<Handled, 'events'>>
  /** The newest state of the run. */
  load(): Promise<Run | null>
  /** The class of workers that does an agent's tasks; null where there is no such agent. */
  workerClassOf(agent: string): string | null
}

export type Suspensions = Pick<TaskContext, 'ask' | 'handOff' | 'send' | 'receive'> & {
  /** A question that is no call of the journal: asked again whenever what it is about comes up again. */
  askAbout(subject: string, question: Question): Promise<Answered>
}

export function createSuspensions(deps: SuspensionDeps): Suspensions {
  const { run, task, claim, journal, say } = deps
  const { taskIndex, epoch } = claim
  const newest = async (): Promise<Run> => (await deps.load()) ?? run

  const suspend = (why: string): never => {
    claim.end('suspended')
    throw new Suspended(why)
  }

  const answerTo = async (question: Question, approvalId: string, call: number): Promise<Answered> => {
    const known = answered(await newest(), approvalId)
    if (known !== null) return known
    await say({ type: 'RequestApproval', taskIndex, epoch, call, approvalId, question })
    // Answered between the two: then nothing was asked, and the claim still holds.
    return answered(await newest(), approvalId) ?? suspend(question.title)
  }

  const outcomeOf = async (handoff: Handoff, call: number): Promise<HandoffOutcome> => {
    const now = await newest()
    const before = handoffEnd(now, task, call)
    if (before !== null) return before
    // In a fork the work may have been given already, under a name of the other run.
    const handoffId = handoffOf(now, task, call)?.id ?? stableId(run.id, taskIndex, task.attempt, call, 'handoff')
    await say({ ...offerOf(handoff), type: 'OfferHandoff', taskIndex, epoch, call, handoffId })
    return handoffEnd(await newest(), task, call) ?? suspend(handoff.goal)
  }

  const offerOf = ({ agent, goal, constraints, artifactIds, carried, dropped, timeoutMs, begin }: Handoff) => {
    const workerClass = deps.workerClassOf(agent)
    const packet: Json = { constraints, artifactIds, carried, dropped }
    const given =
      task.input !== null && typeof task.input === 'object' && 'source' in task.input ? task.input.source : null
    return {
      agent,
      timeoutMs,
      packet,
      known: workerClass !== null,
      workerClass: workerClass ?? 'light',
      title: goal.slice(0, 200),
      goal: goal.slice(0, 4_000),
      input: { objective: goal, source: given ?? null, notes: packet, ...(begin && { begin }) },
    }
  }

  /** A call that is recorded with whatever `outcome` comes to, when it has come. */
  const recorded = <T>(tool: string, outcome: (call: number) => Promise<T>): Promise<T> =>
    journal
      .next(tool, async call => {
        const output = (await outcome(call)) as Json
        const plain = { exitCode: null, durationMs: 0, outputHash: null, treeHash: null }
        await say({ type: 'FinishToolCall', taskIndex, epoch, call, tool, output, ...plain })
        return { call, tool, output, outputHash: null, treeHash: null }
      })
      .then(({ output }) => output as T)

  return {
    askAbout: (subject, question) => answerTo(question, stableId(run.id, subject), task.calls),

    ask: question =>
      recorded('ask', call => {
        const own = stableId(run.id, taskIndex, task.attempt, call)
        return answerTo(question, question.subject === null ? own : stableId(run.id, question.subject), call)
      }),

    handOff: handoff => recorded('hand_off', call => outcomeOf(handoff, call)),

    async send({ to, priority, body }) {
      await recorded('send_message', async call => {
        const said = { sender: task.key, recipient: to, priority, message: body }
        // In a fork it may have been sent already, under a name of the other run.
        const messageId =
          inheritedMessage(await newest(), said)?.id ?? stableId(run.id, taskIndex, task.attempt, call, 'message')
        await say({ type: 'SendMessage', taskIndex, epoch, call, messageId, ...said })
        return { messageId }
      })
    },

    async receive() {
      const ahead = journal.ahead()
      if (ahead !== null && ahead.tool !== 'receive') return []
      const { messages } = ahead === null ? await newest() : { messages: [] }
      const mine = messages.filter(({ recipient }) => recipient === task.key || recipient === task.uses)
      if (ahead === null && mine.length === 0) return []
      const { output } = await journal.next('receive', async call => {
        const { events } = await say({
          type: 'ReceiveMessages',
          taskIndex,
          epoch,
          call,
          messageIds: mine.map(({ id }) => id),
        })
        const last = events.at(-1)
        const output = last?.type === 'ToolCallFinished' ? last.data.output : []
        return { call, tool: 'receive', output, outputHash: null, treeHash: null }
      })
      return output as unknown as AgentMessage[]
    },
  }
}

/** The same words of the same sender, sent before the run was forked, and not read yet. */
const inheritedMessage = ({ forkedFrom, messages }: Run, said: Pick<Message, 'sender' | 'recipient' | 'message'>) =>
  messages.find(
    one =>
      one.seq <= (forkedFrom?.seq ?? 0) &&
      one.sender === said.sender &&
      one.recipient === said.recipient &&
      JSON.stringify(one.message) === JSON.stringify(said.message),
  )

/** What came of a question; null while nobody has settled it. */
function answered(run: Run, approvalId: string): Answered | null {
  const approval = run.approvals.find(one => one.id === approvalId)
  return approval === undefined || approval.status === 'OPEN' ? null : outcomeOfApproval(approval)
}

const outcomeOfApproval = ({ status, answer, answeredBy }: Approval): Answered =>
  status === 'ANSWERED'
    ? { outcome: 'answered', answer: answer as Answer, by: answeredBy?.name ?? '' }
    : { outcome: 'expired', answer: {}, by: '' }

/** What came of a handoff that a call made; null while its task has not ended. */
function handoffEnd(run: Run, task: Task, call: number): HandoffOutcome | null {
  const handoff = handoffOf(run, task, call)
  if (handoff === undefined) return null
  if (handoff.status === 'REFUSED') return { outcome: 'refused', reason: handoff.reason }
  if (handoff.status === 'TIMED_OUT') return { outcome: 'timed-out', reason: handoff.reason }
  const receiver = run.tasks.find(one => one.fromHandoffId === handoff.id)
  if (receiver === undefined || !isTaskEnded(receiver.status)) return null
  if (receiver.status === 'SUCCEEDED') return { outcome: 'done', taskIndex: receiver.index, output: receiver.output }
  return { outcome: 'failed', reason: receiver.error?.message ?? receiver.reason ?? receiver.status }
}
