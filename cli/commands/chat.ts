import type { Context } from '../context.ts'
import { beginConversation, type Conversation, type Message } from '../conversation.ts'
import { CliError, type ExitCode, exitCodes } from '../exit.ts'
import { oneLine } from '../format.ts'
import { graphql } from '../gql/gql.ts'
import { namedProject, type ProjectRef, projectFor } from '../project.ts'
import { createPrompt, type Prompt } from '../prompt.ts'
import { renderMessage } from '../view/message.ts'

const NewestProject = graphql(`
  query NewestProject { runs(first: 1, filter: { topLevel: true }) { nodes { project { id slug repository } } } }
`)

export type ChatOptions = { project?: string; simulate?: boolean }

/** `orrery chat`: a talk about a project, line by line. On a terminal, what is proposed can be confirmed. */
export async function chat(context: Context, options: ChatOptions): Promise<ExitCode> {
  const { err, input } = context.terminal
  if (input === null) throw new CliError('there is nothing to read questions from.', { code: 'BAD_INPUT' })
  const isHere = err.isTerminal && input.isTTY === true
  const project = await projectOf(context, options.project)
  const simulated = options.simulate ?? false
  const conversation = await beginConversation(context, { projectId: project.id, simulated })
  if (isHere) await err.line(err.style.dim(`About ${project.slug}. Ctrl-D ends it.`))
  const prompt = createPrompt(input, err)
  try {
    return await context.untilInterrupted(signal => talk({ context, conversation, prompt, isHere, signal }))
  } finally {
    prompt.close()
    if (isHere) await err.line()
  }
}

/** The one that is named, or that of the newest run. */
async function projectOf(context: Context, given: string | undefined): Promise<ProjectRef> {
  const client = context.client()
  if (given !== undefined) return namedProject(client, given)
  const [newest] = (await client.query(NewestProject, {})).runs.nodes
  return newest?.project ?? projectFor(client, null)
}

type Talk = { context: Context; conversation: Conversation; prompt: Prompt; isHere: boolean; signal: AbortSignal }

/** Until the input ends or somebody leaves. What was not answered counts where nobody is there to see it. */
async function talk({ context, ...at }: Talk): Promise<ExitCode> {
  const { prompt, isHere, signal } = at
  const { err } = context.terminal
  let exitCode: ExitCode = exitCodes.ok
  for (;;) {
    const text = await prompt.line(isHere ? '> ' : '', signal)
    if (text === null) return exitCode
    if (text === '') continue
    try {
      const reply = await answer({ context, ...at }, text)
      if (reply?.state === 'FAILED' && !isHere) exitCode = exitCodes.error
    } catch (error) {
      if (!isHere || !(error instanceof CliError)) throw error
      await err.line(err.style.yellow(`${error.message}${error.hint === '' ? '' : `\n  ${error.hint}`}`))
    }
  }
}

async function answer(at: Talk, text: string): Promise<Message | null> {
  const { conversation, isHere, signal } = at
  const { out, err } = at.context.terminal
  if (isHere) await err.write(err.style.dim('…'))
  const reply = await conversation.ask(text, signal).finally(() => (isHere ? err.write('\r\x1b[2K') : undefined))
  if (reply === null) return null
  for (const line of renderMessage(reply, out.style)) await out.line(line)
  if (reply.state === 'FAILED') {
    const { message, hint } = reply.error ?? { message: 'the answer was never finished', hint: '' }
    await err.line(err.style.yellow(`There is no answer: ${message}${hint === '' ? '' : `\n  ${hint}`}`))
  }
  for (const command of reply.commands) {
    await out.line(`${out.style.yellow('?')} ${oneLine(command.summary)}`)
    if (isHere) await confirm(at, reply.id, command.index)
  }
  if (reply.commands.length > 0 && !isHere)
    await err.line('Nothing is done: it takes a person at a terminal to confirm.')
  return reply
}

async function confirm({ context, conversation, prompt, signal }: Talk, messageId: string, index: number) {
  const { err } = context.terminal
  const { yellow, green } = err.style
  const go = await prompt.confirm('Do it', signal)
  if (go !== true) return err.line('  Nothing was done.')
  try {
    const command = (await conversation.confirm(messageId, index)).commands.find(one => one.index === index)
    if (command?.state !== 'DONE') return err.line(`  ${yellow(command?.error?.message ?? 'It was not done.')}`)
    await err.line(`  ${green('Done.')}${command.run === null ? '' : `  orrery watch ${command.run.id}`}`)
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    await err.line(`  ${yellow(error.message)}`)
  }
}
