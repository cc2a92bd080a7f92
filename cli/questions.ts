/** The questions of a run that somebody watches: asked right there on a terminal, and elsewhere told, with how to answer. */

import type { AnswerField } from '../domain/approval.ts'
import { toGlobalId } from '../domain/ids.ts'
import type { Approval } from '../domain/run/approvals.ts'
import type { Run } from '../domain/run/state.ts'
import { exampleOf, sayAnswer } from './answers.ts'
import type { Context } from './context.ts'
import { CliError } from './exit.ts'
import { createPrompt, type Prompt } from './prompt.ts'
import type { View } from './view/live.ts'
import { renderQuestion } from './view/question.ts'

export type Questions = {
  /** Asks what is newly open, one question after the other; takes back one that somebody else has answered. */
  follow(run: Run): void
  close(): Promise<void>
}

export function createQuestions(context: Context, view: View): Questions {
  const { err, input } = context.terminal
  const asksHere = err.isTerminal && input?.isTTY === true
  const known = new Set<string>()
  const waiting: Approval[] = []
  let prompt: Prompt | null = null
  let current: { id: string; controller: AbortController } | null = null
  let work: Promise<void> = Promise.resolve()

  const show = async (approval: Approval) => {
    for (const line of renderQuestion(approval, { width: err.width(), style: err.style })) await err.line(line)
  }
  const tell = async (approval: Approval) => {
    await view.pause()
    await show(approval)
    for (const line of howToAnswer(approval)) await err.line(line)
    view.resume()
  }

  const ask = async (approval: Approval, signal: AbortSignal) => {
    await view.pause()
    await show(approval)
    prompt ??= createPrompt(input as NonNullable<typeof input>, err)
    try {
      const answer = await prompt.ask(approval.fields, signal)
      if (answer !== null) {
        await sayAnswer(context.client(), toGlobalId('Approval', approval.id), answer)
        await err.line(`  ${err.style.green('Answered.')}`)
      } else if (!signal.aborted) for (const line of howToAnswer(approval)) await err.line(line)
    } catch (error) {
      if (!(error instanceof CliError)) throw error
      await err.line(`\n  ${err.style.yellow(error.message)}`)
    }
    view.resume()
  }

  const askNext = () => {
    const next = waiting.shift()
    if (next === undefined || current !== null) return
    const controller = new AbortController()
    current = { id: next.id, controller }
    work = ask(next, controller.signal).finally(() => {
      current = null
      askNext()
    })
  }

  return {
    follow(run) {
      const asked = run.approvals.find(one => one.id === current?.id)
      if (asked !== undefined && asked.status !== 'OPEN' && current?.controller.signal.aborted === false) {
        current.controller.abort()
        void err.line(`\n  ${err.style.yellow(endOf(asked))}`)
      }
      for (const approval of run.approvals) {
        if (approval.status !== 'OPEN' || known.has(approval.id)) continue
        known.add(approval.id)
        if (asksHere) waiting.push(approval)
        else work = work.then(() => tell(approval))
      }
      for (let index = waiting.length - 1; index >= 0; index--) {
        const now = run.approvals.find(one => one.id === waiting[index]?.id)
        if (now?.status !== 'OPEN') waiting.splice(index, 1)
      }
      if (current === null) askNext()
    },
    async close() {
      waiting.length = 0
      current?.controller.abort()
      await work
      prompt?.close()
    },
  }
}

function endOf({ status, answeredBy }: Approval): string {
  if (status === 'ANSWERED') return `${answeredBy?.name ?? 'Somebody'} answered this before.`
  return status === 'EXPIRED' ? 'The deadline has passed, which counts as a no.' : 'Nobody waits for this any more.'
}

/** The commands that answer a question of a run. */
export const howToAnswer = ({ id, fields }: Pick<Approval, 'id' | 'fields'>): string[] =>
  answersOf(toGlobalId('Approval', id), fields)

/** The same by its global id. */
export function answersOf(approval: string, fields: readonly AnswerField[]): string[] {
  const commands = endings(fields).map(ending => `    orrery approve ${approval}${ending}`)
  return ['  Answer with:', ...commands]
}

function endings(fields: readonly AnswerField[]): string[] {
  const named = (wanted: string) => fields.find(({ name }) => name === wanted)
  if (named('approve') !== undefined) return ['', ' --deny --reason "…"']
  const limit = named('limitMicros')
  if (limit !== undefined) {
    const others = named('choice')?.options.filter(({ value }) => value !== 'raise') ?? []
    // An example that goes: twice what it was.
    const twice = ((limit.minimum ?? 1) - 1) / 500_000 || 1
    return [` --raise ${twice}`, ...others.map(({ value }) => ` --answer choice=${value}`)]
  }
  const words = fields.filter(field => field.required).map(field => `--answer "${exampleOf(field)}"`)
  return [` ${words.join(' ')}`]
}
