/** Answers to questions: read from the words of a person, said to the server. */
import { parseAnswer } from '../domain/answer.ts'
import type { Answer, AnswerField } from '../domain/approval.ts'
import { OrreryError } from '../domain/errors.ts'
import type { Json } from '../domain/json.ts'
import { type Client, refusal } from './client.ts'
import { CliError } from './exit.ts'
import { graphql } from './gql/gql.ts'

// biome-ignore lint/correctness/noUnusedVariables: the generator reads it, operations cite it.
const ShownApproval = graphql(`
  fragment ShownApproval on Approval {
    id kind status title body fields quorum votes answer answeredBy requestedAt dueAt closedAt taskIndex
    run { id title }
    task { key title }
  }
`)
const AnswerApproval = graphql(`
  mutation AnswerApproval($input: AnswerApprovalInput!) {
    answerApproval(input: $input) {
      ... on AnswerApprovalPayload { approval { id status votes quorum } }
      ... on UserError { code message hint }
    }
  }
`)

/** Says an answer. Throws CliError: what is wrong with it, or that somebody was faster, and who. */
export async function sayAnswer(client: Client, approvalId: string, answer: Answer) {
  const { answerApproval: said } = await client.query(AnswerApproval, { input: { approvalId, answer } })
  if ('approval' in said) return said.approval
  throw refusal(said.code, said.message, said.hint)
}

/** What one writes for a field: `approve=true`, `choice=raise|cheaper|stop`. */
export function exampleOf({ name, type, options, minimum }: AnswerField): string {
  switch (type) {
    case 'boolean':
      return `${name}=true|false`
    case 'choice':
      return `${name}=${options.map(option => option.value).join('|')}`
    case 'integer':
      return `${name}=${minimum ?? 0}`
    case 'text':
      return `${name}=…`
  }
}

/**
 * The answer that words mean, each for its field. Of an amount in micro-dollars, `$5` says it in dollars. Throws CliError
 * that names every fault.
 */
export function readAnswer(fields: readonly AnswerField[], words: ReadonlyMap<string, string>): Answer {
  const values = Object.fromEntries([...words].map(([name, word]) => [name, meantBy(fields, name, word)]))
  try {
    return parseAnswer(fields, values)
  } catch (error) {
    if (!(error instanceof OrreryError)) throw error
    throw new CliError(`${error.message}.`, {
      code: 'BAD_INPUT',
      hint: `Give them with ${fields.map(field => `--answer ${exampleOf(field)}`).join(' ')}`,
    })
  }
}

function meantBy(fields: readonly AnswerField[], name: string, word: string): Json {
  const field = fields.find(one => one.name === name)
  if (field?.type === 'boolean') return truth(word) ?? word
  if (field?.type !== 'integer') return word
  const [, dollars] = /^\$(\d+(?:\.\d{1,6})?)$/.exec(word) ?? []
  if (dollars !== undefined && name.endsWith('Micros')) return Math.round(Number(dollars) * 1_000_000)
  return /^-?\d+$/.test(word) ? Number(word) : word
}

export function truth(word: string): boolean | null {
  if (/^(y|yes|true)$/i.test(word)) return true
  return /^(n|no|false)$/i.test(word) ? false : null
}
