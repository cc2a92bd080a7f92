/** Asks a person at the terminal: field by field, for a yes, or for a line. */
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { Answer, AnswerField } from '../domain/approval.ts'
import { readAnswer, truth } from './answers.ts'
import { CliError } from './exit.ts'
import { oneLine } from './format.ts'
import type { Output } from './terminal.ts'

export type Prompt = {
  /** The answer, or null where `signal` was aborted or the input ended before there was one. */
  ask(fields: readonly AnswerField[], signal: AbortSignal): Promise<Answer | null>
  /** Yes or no; null as above. */
  confirm(question: string, signal: AbortSignal): Promise<boolean | null>
  /** The next line, also one that was typed ahead; null as above. */
  line(question: string, signal: AbortSignal): Promise<string | null>
  close(): void
}

/**
 * Lines are edited by the terminal itself: Ctrl-C stays what it is everywhere else, and a picture that is drawn later is
 * not disturbed.
 */
export function createPrompt(input: Readable, output: Output): Prompt {
  const lines = createInterface({ input, terminal: false, crlfDelay: Number.POSITIVE_INFINITY })
  const typed: string[] = []
  let ended = false
  let wake = () => {}
  lines.on('line', line => {
    typed.push(line)
    wake()
  })
  lines.on('close', () => {
    ended = true
    wake()
  })

  const line = async (question: string, signal: AbortSignal): Promise<string | null> => {
    await output.write(question)
    const stop = () => wake()
    signal.addEventListener('abort', stop)
    while (typed.length === 0 && !ended && !signal.aborted) {
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
    signal.removeEventListener('abort', stop)
    if (signal.aborted) return null
    return typed.shift()?.trim() ?? null
  }

  /** Asks until the word fits the field. */
  const askField = async (field: AnswerField, signal: AbortSignal): Promise<string | null> => {
    for (;;) {
      const said = await line(questionOf(field), signal)
      if (said === null) return null
      const word = wordOf(field, said)
      const fault = faultOf(field, word)
      if (fault === null) return word
      await output.line(`  ${output.style.yellow(fault)}`)
    }
  }

  const ask = async (fields: readonly AnswerField[], signal: AbortSignal): Promise<Answer | null> => {
    // What was typed before the question is no answer to it.
    typed.length = 0
    const words = new Map<string, string>()
    for (const field of fields) {
      const word = await askField(field, signal)
      if (word === null) return null
      if (word !== '') words.set(field.name, word)
    }
    return readAnswer(fields, words)
  }

  return {
    ask,
    async confirm(question, signal) {
      const answer = await ask([{ ...yes, label: question }], signal)
      return answer === null ? null : answer.yes === true
    },
    line,
    close: () => lines.close(),
  }
}

const yes = { name: 'yes', type: 'boolean', options: [], required: true, maxLength: 10 } satisfies Partial<AnswerField>

function questionOf({ label, type, options, required }: AnswerField): string {
  const optional = required ? '' : ' (Enter leaves it out)'
  const name = oneLine(label)
  if (type === 'boolean') return `  ${name}? [y/n]${optional} `
  if (type !== 'choice') return `  ${name}${optional}: `
  const choices = options.map((option, index) => `    ${index + 1}  ${oneLine(option.label)}\n`).join('')
  return `  ${name}${optional}\n${choices}  1 … ${options.length}: `
}

/** A choice may be said by its number. */
const wordOf = ({ type, options }: AnswerField, line: string): string =>
  type === 'choice' && /^\d{1,2}$/.test(line) ? (options[Number(line) - 1]?.value ?? line) : line

function faultOf(field: AnswerField, word: string): string | null {
  if (word === '') return field.required ? 'It takes an answer.' : null
  if (field.type === 'boolean' && truth(word) === null) return 'Say y or n.'
  try {
    readAnswer([field], new Map([[field.name, word]]))
    return null
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    return error.message.replace(/^answer: \w+: /, 'It ')
  }
}
