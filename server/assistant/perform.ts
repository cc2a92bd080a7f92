/** A proposed command that a person confirmed: checked again, and done under that person's rights. */
import type { MessageRow } from '../../db/rows.ts'
import type { ProposedCommand, TypedCommand } from '../../domain/conversation.ts'
import { OrreryError, toFailure } from '../../domain/errors.ts'
import { toGlobalId, uuidOf } from '../../domain/ids.ts'
import { cleanText } from '../../domain/run/clean.ts'
import type { Command } from '../../domain/run/commands.ts'
import { answerQuestion } from '../answers.ts'
import { actorOf, type Context } from '../context.ts'
import { startRun } from '../start-run.ts'

/**
 * Does the command, once: confirmed again, it is the same one. What the run refuses is thrown, and kept with the command.
 * Throws OrreryError NOT_FOUND where there is no such command.
 */
export async function confirmCommand(message: MessageRow, index: number, context: Context): Promise<void> {
  const command = message.commands[index]
  if (command === undefined) throw new OrreryError('NOT_FOUND', `the message proposes no command ${index}`)
  if (command.state === 'done') return
  const { conversations } = context.reads
  const settle = (outcome: Pick<ProposedCommand, 'state' | 'runId' | 'error'>) =>
    conversations.settleCommand(message.id, { ...command, ...outcome } as ProposedCommand)
  try {
    const runId = await perform(command, { message, context })
    await settle({ state: 'done', runId: toGlobalId('Run', runId), error: null })
  } catch (error) {
    if (error instanceof OrreryError && !error.retryable)
      await settle({ state: 'refused', runId: null, error: toFailure(error) })
    throw error
  } finally {
    context.services.bell.ringOf(`conversation:${message.conversationId}`)
  }
}

type Asked = { message: MessageRow; context: Context }

/** @returns the run that it was about. */
async function perform(command: TypedCommand & { index: number }, { message, context }: Asked): Promise<string> {
  const projectId = await projectOf(message, context)
  switch (command.kind) {
    case 'startRun': {
      const { workflow, title, variables } = command.input
      const idempotencyKey = `command:${message.id}:${command.index}`
      const given = { projectId: toGlobalId('Project', projectId), workflow, title, variables }
      return (await startRun({ ...given, simulated: message.simulated, idempotencyKey }, context)).id
    }
    case 'answerApproval': {
      const [approval] = await context.reads.approvals.byIds([uuidOf('Approval', command.input.approvalId)])
      if (approval === undefined || approval.projectId !== projectId)
        throw new OrreryError('NOT_FOUND', `there is no approval ${command.input.approvalId}`)
      await answerQuestion(approval, command.input.answer, context)
      return approval.runId
    }
    case 'cancelRun':
      return tell({ type: 'CancelRun', reason: cleanText(command.input.reason) })
    case 'pauseRun':
      return tell({ type: 'PauseRun', reason: cleanText(command.input.reason) })
    case 'resumeRun':
      return tell({ type: 'ResumeRun', reason: cleanText(command.input.reason) })
    case 'retryTask': {
      const { taskIndex, reason } = command.input
      return tell({ type: 'RetryTask', taskIndex, reason: cleanText(reason) })
    }
  }

  async function tell(said: Command): Promise<string> {
    const id = 'runId' in command.input ? command.input.runId : ''
    const [run] = await context.reads.runs.byIds([uuidOf('Run', id)])
    if (run === undefined || run.projectId !== projectId) throw new OrreryError('NOT_FOUND', `there is no run ${id}`)
    const by = { actor: actorOf(context), correlationId: context.correlationId }
    await context.services.handle.handle(run.id, said, by)
    return run.id
  }
}

async function projectOf({ conversationId }: MessageRow, { reads }: Context): Promise<string> {
  const [conversation] = await reads.conversations.byIds([conversationId])
  if (conversation === undefined) throw new Error(`conversation ${conversationId} is gone`)
  return conversation.projectId
}
