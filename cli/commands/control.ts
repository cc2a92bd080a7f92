/** What people ask of a run that is there. */
import { type Client, refusal } from '../client.ts'
import { type Context, type FormatOptions, formatOf } from '../context.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { graphql } from '../gql/gql.ts'
import { parseRunId } from '../run-id.ts'

const CancelRun = graphql(`
  mutation CancelRun($input: CancelRunInput!) {
    cancelRun(input: $input) { ... on CancelRunPayload { run { id status } } ... on UserError { code message hint } }
  }
`)
const PauseRun = graphql(`
  mutation PauseRun($input: PauseRunInput!) {
    pauseRun(input: $input) { ... on PauseRunPayload { run { id status } } ... on UserError { code message hint } }
  }
`)
const ResumeRun = graphql(`
  mutation ResumeRun($input: ResumeRunInput!) {
    resumeRun(input: $input) { ... on ResumeRunPayload { run { id status } } ... on UserError { code message hint } }
  }
`)
const ResetRun = graphql(`
  mutation ResetRun($input: ResetRunInput!) {
    resetRun(input: $input) { ... on ResetRunPayload { run { id status } } ... on UserError { code message hint } }
  }
`)

type Input = { runId: string; reason: string }
type Result = { run: { id: string; status: string } } | { code: string; message: string; hint: string }

const asks = {
  cancel: async (client: Client, input: Input): Promise<Result> => (await client.query(CancelRun, { input })).cancelRun,
  pause: async (client: Client, input: Input): Promise<Result> => (await client.query(PauseRun, { input })).pauseRun,
  resume: async (client: Client, input: Input): Promise<Result> => (await client.query(ResumeRun, { input })).resumeRun,
  reset: async (client: Client, input: Input): Promise<Result> => (await client.query(ResetRun, { input })).resetRun,
}
export type Control = keyof typeof asks

const told: Readonly<Record<Control, string>> = {
  cancel: 'is cancelled.',
  pause: 'is paused: tasks at work finish, nothing new begins, deadlines go on. Go on with: orrery resume',
  resume: 'goes on.',
  reset: 'is reset: claims are void, waits are cut short, what is done stays done.',
}

/** `orrery cancel`, `pause`, `resume`, `reset`. Saying it twice changes nothing the second time. */
export async function control(
  context: Context,
  which: Control,
  given: string,
  options: FormatOptions & { reason?: string },
): Promise<ExitCode> {
  const runId = parseRunId(given)
  const result = await asks[which](context.client(), { runId, reason: options.reason ?? '' })
  if (!('run' in result)) throw refusal(result.code, result.message, result.hint)
  const { out, err } = context.terminal
  if (formatOf(options) !== 'text') await out.line(JSON.stringify({ runId, status: result.run.status }))
  else await err.line(`${runId} ${told[which]}${which === 'pause' ? ` ${runId}` : ''}`)
  return exitCodes.ok
}
