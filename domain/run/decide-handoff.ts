/** Decisions about what agents of a run give each other: work, as a task of its own, and messages. */
import type { Json } from '../json.ts'
import { existing, held, nextCall } from './claims.ts'
import { type Command, type CommandMeta, maxHops, maxMessages } from './commands.ts'
import type { Draft } from './draft.ts'
import { type HandoffState, isTaskEnded, type Run, type Task } from './state.ts'

type Of<T extends Command['type']> = Extract<Command, { type: T }>

/** The work becomes a task, for which the one that gives it waits; or it is refused, and the giver reads why. */
export function offerHandoff(draft: Draft, command: Of<'OfferHandoff'>, meta: CommandMeta): void {
  const { run } = draft
  const { call, handoffId, agent, goal, packet, known, timeoutMs } = command
  const claim = held(run, command)
  const giver = existing(run, command.taskIndex)
  const dueAt = meta.now + timeoutMs
  const before = run.handoffs.find(one => one.id === handoffId)
  if (before === undefined) {
    const hops = hopsOf(run, giver) + 1
    draft.emit({ type: 'HandoffOffered', data: { ...claim, call, handoffId, agent, goal, packet, hops, dueAt } })
    const refusal = !known
      ? `there is no agent called ${agent}`
      : hops > maxHops
        ? `work is handed on at most ${maxHops} times, and this would be time ${hops}`
        : null
    if (refusal !== null) {
      return draft.emit({ type: 'HandoffRefused', data: { taskIndex: giver.index, handoffId, reason: refusal } })
    }
    planReceiver(draft, giver, command)
  } else if (before.status === 'REFUSED' || before.status === 'TIMED_OUT') return
  const receiver = draft.run.tasks.find(task => task.fromHandoffId === handoffId)
  if (receiver === undefined || isTaskEnded(receiver.status)) return
  draft.emit({
    type: 'TaskSuspended',
    data: {
      ...claim,
      call,
      forApprovalId: null,
      forTaskIndex: receiver.index,
      // Offered again, by whoever took the giver over in a fork, it may be accepted for as long again.
      dueAt: before === undefined || before.status === 'OFFERED' ? dueAt : null,
    },
  })
}

const hopsOf = (run: Run, giver: Task): number => run.handoffs.find(one => one.id === giver.fromHandoffId)?.hops ?? 0

function planReceiver(draft: Draft, giver: Task, command: Of<'OfferHandoff'>): void {
  const { agent, title, input, workerClass, handoffId } = command
  const taskIndex = draft.run.tasks.length
  draft.emit(
    {
      type: 'TaskPlanned',
      data: {
        taskIndex,
        title,
        workerClass,
        input,
        fromHandoffId: handoffId,
        key: `${giver.key}/handoff-${taskIndex}`.slice(0, 200),
        kind: 'work',
        uses: agent,
        retry: giver.retry,
        timeoutMs: giver.timeoutMs,
        priority: giver.priority,
        // What its failure means is for the giver to say.
        optional: true,
        groupIndex: giver.index,
        needs: [],
        trigger: 'all-succeeded',
        condition: null,
        forEach: null,
        item: null,
        graph: false,
        approval: null,
        back: null,
        gate: null,
        budgetShare: null,
      },
    },
    { type: 'TaskReady', data: { taskIndex, attempt: 1 } },
  )
}

/** Who claims a task that was handed over has accepted it. */
export function acceptHandoff(draft: Draft, task: Task, epoch: number): void {
  const offered = draft.run.handoffs.find(one => one.id === task.fromHandoffId)
  if (offered?.status !== 'OFFERED') return
  const { index: taskIndex, attempt } = task
  draft.emit({ type: 'HandoffAccepted', data: { taskIndex, attempt, epoch, handoffId: offered.id } })
}

/** Nobody accepted it in time: it is taken back, and its giver goes on. */
export function expireHandoff(draft: Draft, giver: Task): void {
  const receiver = receiverOf(draft.run, giver)
  const handoff = draft.run.handoffs.find(one => one.id === receiver?.fromHandoffId)
  if (receiver === undefined || handoff?.status !== 'OFFERED') return
  const reason = `${handoff.agent} did not accept it in time`
  draft.emit({ type: 'HandoffTimedOut', data: { taskIndex: giver.index, handoffId: handoff.id, reason } })
  if (!isTaskEnded(receiver.status)) draft.emit({ type: 'TaskCancelled', data: { taskIndex: receiver.index, reason } })
}

/** A giver goes on when the task that it waits for has ended. */
export function afterHandoff(draft: Draft, giver: Task): void {
  const receiver = receiverOf(draft.run, giver)
  if (receiver === undefined || !isTaskEnded(receiver.status)) return
  draft.emit({ type: 'TaskReady', data: { taskIndex: giver.index, attempt: giver.attempt } })
}

const receiverOf = (run: Run, giver: Task): Task | undefined => run.tasks[giver.waitingFor?.taskIndex ?? -1]

/** The handoff that a task made with a call of its current attempt. */
export const handoffOf = (run: Run, task: Task, call: number): HandoffState | undefined =>
  run.handoffs.find(one => one.fromTaskIndex === task.index && one.attempt === task.attempt && one.call === call)

export function sendMessage(draft: Draft, command: Of<'SendMessage'>): void {
  const { call, messageId, sender, recipient, priority, message } = command
  const claim = held(draft.run, command)
  if (draft.run.messages.some(one => one.id === messageId) || nextCall(draft.run, command) === 'recorded') return
  // The oldest of the least important go, so that a run cannot grow without bound by talking.
  if (draft.run.messages.length >= maxMessages) {
    const oldest = [...draft.run.messages].sort((a, b) => a.priority - b.priority || a.seq - b.seq)[0]
    if (oldest !== undefined) draft.emit({ type: 'MessageHandled', data: { ...claim, messageId: oldest.id } })
  }
  draft.emit({ type: 'MessageSent', data: { ...claim, call, messageId, sender, recipient, priority, message } })
}

/** Each message is handled once, whoever asks for it: what another task took is left out. */
export function receiveMessages(draft: Draft, command: Of<'ReceiveMessages'>): void {
  const claim = held(draft.run, command)
  if (nextCall(draft.run, command) === 'recorded') return
  const taken = draft.run.messages.filter(({ id }) => command.messageIds.includes(id))
  for (const { id: messageId } of taken) draft.emit({ type: 'MessageHandled', data: { ...claim, messageId } })
  const output = taken.map(
    ({ id, sender, recipient, priority, message }): Json => ({
      id,
      from: sender,
      to: recipient,
      priority,
      body: message,
    }),
  )
  const none = { exitCode: null, durationMs: 0, outputHash: null, treeHash: null }
  draft.emit({ type: 'ToolCallFinished', data: { ...claim, call: command.call, tool: 'receive', output, ...none } })
}
