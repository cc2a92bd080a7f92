/** What the assistant may propose. Each call only writes a command down, checked; a person confirms it, or it never happens. */
import type { z } from 'zod'
import {
  type CommandInput,
  type CommandKind,
  commandKinds,
  commandSchemas,
  type ProposedCommand,
  type TypedCommand,
} from '../../domain/conversation.ts'
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf } from '../../domain/ids.ts'
import { cleanJson, cleanText } from '../../domain/run/clean.ts'
import { parseVariables } from '../../domain/validate.ts'
import { type AssistantTool, defineTool, runOf, type Seen } from './read-tools.ts'

const mostCommands = 5

const descriptions: Record<CommandKind, string> = {
  startRun: 'a run of a workflow',
  cancelRun: 'to end a run',
  pauseRun: 'that a run begins no further task',
  resumeRun: 'that a paused run goes on',
  retryTask: 'to do a task that has ended again',
  answerApproval: 'an answer to an open question',
}

/** `propose_start_run` … Every proposal lands in `commands`. */
export function commandTools(seen: Seen, commands: ProposedCommand[]): AssistantTool[] {
  return commandKinds.map(kind =>
    defineTool(
      {
        name: `propose_${kind.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)}`,
        description: `Proposes ${descriptions[kind]}. Nothing happens before the person confirms it.`,
        input: commandSchemas[kind] as unknown as z.ZodObject,
      },
      async input => {
        if (commands.length >= mostCommands)
          throw new OrreryError('LIMIT_EXCEEDED', `at most ${mostCommands} commands in one answer`)
        const command = cleanJson({ kind, input }) as TypedCommand
        const summary = await checked(command, seen)
        commands.push({ ...command, index: commands.length, summary, state: 'proposed', runId: null, error: null })
        return `Proposed as number ${commands.length}: ${summary}. The person sees it beside your answer and can confirm it.`
      },
    ),
  )
}

/** What the command would do, for people. Throws OrreryError where it could not be done now. */
async function checked(command: TypedCommand, seen: Seen): Promise<string> {
  switch (command.kind) {
    case 'startRun':
      return checkedStart(command.input, seen)
    case 'answerApproval': {
      const { approvalId, answer } = command.input
      const [approval] = await seen.reads.approvals.byIds([uuidOf('Approval', approvalId)])
      if (approval === undefined || approval.projectId !== seen.projectId || approval.status !== 'OPEN')
        throw new OrreryError('NOT_FOUND', `there is no open approval ${approvalId} in this project`)
      return `Answer “${cleanText(approval.title)}” with ${JSON.stringify(answer)}`
    }
    case 'retryTask': {
      const run = await runOf(seen, command.input.runId)
      return `Do task ${command.input.taskIndex} of “${run.title}” again`
    }
    case 'cancelRun':
      return `Cancel “${(await runOf(seen, command.input.runId)).title}”`
    case 'pauseRun':
      return `Pause “${(await runOf(seen, command.input.runId)).title}”`
    case 'resumeRun':
      return `Resume “${(await runOf(seen, command.input.runId)).title}”`
  }
}

function checkedStart({ workflow: name, title, variables }: CommandInput<'startRun'>, { workflows }: Seen): string {
  const workflow = workflows.get(name)
  if (workflow === undefined)
    throw new OrreryError('NOT_FOUND', `there is no workflow ${name}; there are ${[...workflows.keys()].join(', ')}`)
  parseVariables(workflow, variables)
  return `Start ${name}${title === '' ? '' : ` “${title}”`} with ${JSON.stringify(variables)}`
}
