import type { AnswerField } from '../../domain/approval.ts'
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf } from '../../domain/ids.ts'
import { showMicros } from '../../domain/money.ts'
import { readAnswer, sayAnswer } from '../answers.ts'
import type { Client } from '../client.ts'
import { type Context, type FormatOptions, formatOf } from '../context.ts'
import { CliError, type ExitCode, exitCodes } from '../exit.ts'
import { oneLine } from '../format.ts'
import { graphql } from '../gql/gql.ts'
import type { ShownApprovalFragment } from '../gql/graphql.ts'
import { answersOf } from '../questions.ts'

const FindApproval = graphql(`query FindApproval($id: ID!) { approval(id: $id) { ...ShownApproval } }`)
const OpenOfRun = graphql(`
  query OpenOfRun($runId: ID!) {
    approvals(first: 20, filter: { runId: $runId, statuses: [OPEN] }) { nodes { ...ShownApproval } }
  }
`)

export type ApproveOptions = FormatOptions & { deny?: boolean; reason?: string; answer?: string[]; raise?: number }

/** `orrery approve`: answers a question. The first answer counts; a later one changes nothing and ends with 1. */
export async function approve(context: Context, given: string, options: ApproveOptions): Promise<ExitCode> {
  const client = context.client()
  const approval = await found(client, given)
  if (approval.status !== 'OPEN') throw new CliError(tooLate(approval), { code: 'CONFLICT' })
  const answer = readAnswer(approval.fields as AnswerField[], wordsOf(approval, options))
  const { status, votes, quorum } = await sayAnswer(client, approval.id, answer)
  const { out, err } = context.terminal
  if (formatOf(options) !== 'text') await out.line(JSON.stringify({ approvalId: approval.id, status, answer }))
  else if (status === 'OPEN') await err.line(`Your voice counts: ${votes} of ${quorum} have agreed.`)
  else await err.line(`${options.deny ? 'Denied' : 'Answered'}: ${oneLine(approval.title)}`)
  return exitCodes.ok
}

/** By its id, or the one open question of a run. Throws CliError. */
async function found(client: Client, given: string): Promise<ShownApprovalFragment> {
  if (given.startsWith('run_')) return onlyOneOf(client, given)
  try {
    uuidOf('Approval', given)
  } catch (error) {
    if (!(error instanceof OrreryError)) throw error
    throw new CliError(`${error.message}.`, { code: 'BAD_INPUT', hint: 'orrery approvals lists what is asked.' })
  }
  const { approval } = await client.query(FindApproval, { id: given })
  if (approval !== null) return approval
  throw new CliError(`there is no approval ${given}.`, {
    code: 'NOT_FOUND',
    hint: 'orrery approvals lists what is asked.',
  })
}

async function onlyOneOf(client: Client, runId: string): Promise<ShownApprovalFragment> {
  const [first, ...more] = (await client.query(OpenOfRun, { runId })).approvals.nodes
  if (first === undefined) throw new CliError(`${runId} asks nobody anything.`, { code: 'NOT_FOUND' })
  if (more.length === 0) return first
  throw new CliError(`${runId} asks more than one thing.`, {
    code: 'CONFLICT',
    hint: `Say which:\n${[first, ...more].map(one => `    ${one.id}  ${oneLine(one.title)}`).join('\n')}`,
  })
}

/** The words for each field. Throws CliError where they cannot be meant for this form. */
function wordsOf({ id, fields: form }: ShownApprovalFragment, { deny, reason, answer = [], raise }: ApproveOptions) {
  const fields = form as AnswerField[]
  const has = (name: string) => fields.some(field => field.name === name)
  const words = new Map<string, string>()
  if (raise !== undefined) {
    const limit = fields.find(({ name }) => name === 'limitMicros')
    if (limit === undefined) throw new CliError('this question is not about a budget.', { code: 'BAD_INPUT' })
    if (limit.minimum !== undefined && raise < limit.minimum)
      throw new CliError(`--raise: must be more than ${showMicros(limit.minimum - 1)}.`, { code: 'BAD_INPUT' })
    words.set('choice', 'raise').set('limitMicros', String(raise))
  } else if (has('approve')) words.set('approve', String(!deny))
  else if (deny || answer.length === 0) {
    throw new CliError(deny ? 'this question has no yes and no.' : 'this question takes more than a yes.', {
      code: 'BAD_INPUT',
      hint: answersOf(id, fields).join('\n').trim(),
    })
  }
  if (reason !== undefined) {
    if (!has('reason')) throw new CliError('this question takes no reason.', { code: 'BAD_INPUT' })
    words.set('reason', reason)
  }
  for (const text of answer) {
    const at = text.indexOf('=')
    if (at < 1) throw new CliError(`--answer ${text}: write it as name=value.`, { code: 'BAD_INPUT' })
    words.set(text.slice(0, at), text.slice(at + 1))
  }
  return words
}

function tooLate({ status, answeredBy, answer, closedAt }: ShownApprovalFragment): string {
  const when = closedAt === null ? '' : ` at ${closedAt.slice(0, 16).replace('T', ' ')} UTC`
  if (status === 'ANSWERED')
    return `${answeredBy ?? 'somebody'} answered this${when}, with ${JSON.stringify(answer)}; your answer has no effect.`
  return status === 'EXPIRED'
    ? `the deadline passed${when}, which counts as a refusal; your answer has no effect.`
    : `nobody waits for this any more; your answer has no effect.`
}
