/** What people ask of a run that is there. */
import { type Client, refusal } from '../client.ts'
import { type Context, type FormatOptions, formatOf } from '../context.ts'
import { CliError, type ExitCode, exitCodes } from '../exit.ts'
import { count } from '../format.ts'
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

const PauseAll = graphql(`
  mutation PauseAll($input: StopEverythingInput!) {
    stopEverything(input: $input) {
      ... on StopEverythingPayload { runIds failedRunIds }
      ... on UserError { code message hint }
    }
  }
`)
const ResumeAll = graphql(`
  mutation ResumeAll($input: ResumeEverythingInput!) {
    resumeEverything(input: $input) {
      ... on ResumeEverythingPayload { runIds failedRunIds }
      ... on UserError { code message hint }
    }
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
  given: string | undefined,
  options: FormatOptions & { reason?: string; all?: boolean },
): Promise<ExitCode> {
  if ((given === undefined) !== (options.all === true))
    throw new CliError(`${given === undefined ? 'say which run' : 'either one run or --all'}.`, {
      hint: `orrery ${which} <run>, or orrery ${which} --all for every run. orrery list shows their ids.`,
    })
  if (given === undefined) return controlAll(context, which === 'resume' ? 'resume' : 'pause', options)
  const runId = parseRunId(given)
  const result = await asks[which](context.client(), { runId, reason: options.reason ?? '' })
  if (!('run' in result)) throw refusal(result.code, result.message, result.hint)
  const { out, err } = context.terminal
  if (formatOf(options) !== 'text') await out.line(JSON.stringify({ runId, status: result.run.status }))
  else await err.line(`${runId} ${told[which]}${which === 'pause' ? ` ${runId}` : ''}`)
  return exitCodes.ok
}

/** Of every run. Where some could not be told, ends with 1, so that a script asks again. */
async function controlAll(
  context: Context,
  which: 'pause' | 'resume',
  options: FormatOptions & { reason?: string },
): Promise<ExitCode> {
  const client = context.client()
  const reason = options.reason ?? ''
  const result =
    which === 'pause'
      ? (await client.query(PauseAll, { input: { mode: 'PAUSE', reason: reason || 'An operator asked for it' } }))
          .stopEverything
      : (await client.query(ResumeAll, { input: { reason } })).resumeEverything
  if (!('runIds' in result)) throw refusal(result.code, result.message, result.hint)
  const { runIds, failedRunIds } = result
  const { out, err } = context.terminal
  if (formatOf(options) !== 'text') await out.line(JSON.stringify({ runIds, failedRunIds }))
  else {
    const done = runIds.length === 1 ? toldOfOne[which] : toldOfMany[which]
    await err.line(`${count(runIds.length, 'run')} ${done}`)
    if (failedRunIds.length > 0) await err.line(`${count(failedRunIds.length, 'run')} could not be told: ask again.`)
  }
  return failedRunIds.length === 0 ? exitCodes.ok : exitCodes.error
}

const toldOfOne = { pause: 'is paused. Go on with: orrery resume --all', resume: 'goes on.' }
const toldOfMany = { pause: 'are paused. Go on with: orrery resume --all', resume: 'go on.' }
