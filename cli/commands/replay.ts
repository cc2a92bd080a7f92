import { type Client, refusal } from '../client.ts'
import { type Context, type FormatOptions, formatOf } from '../context.ts'
import { CliError, type ExitCode, exitCodes } from '../exit.ts'
import { oneLine } from '../format.ts'
import { graphql } from '../gql/gql.ts'
import type { ReplayRunMutation } from '../gql/graphql.ts'
import { runIdOrNewest } from '../run-id.ts'

const ReplayRun = graphql(`
  mutation ReplayRun($input: ReplayRunInput!) {
    replayRun(input: $input) {
      ... on ReplayRunPayload {
        identical events commands claims calls prompts
        divergence { seq kind difference expected got task { key } }
        unchecked { epoch reason task { key } }
      }
      ... on UserError { code message hint }
    }
  }
`)
const OpenRuns = graphql(`
  query OpenRuns($after: String) {
    runs(first: 100, after: $after, filter: { statuses: [PENDING, RUNNING, PAUSED, WAITING] }) {
      nodes { id }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

type Found = { runId: string } & ReplayRunMutation['replayRun']

export type ReplayOptions = FormatOptions & { allOpen?: boolean }

/** `orrery replay`: ends with 1 where a run would go another way than it went. */
export async function replay(context: Context, given: string | undefined, options: ReplayOptions): Promise<ExitCode> {
  if (options.allOpen && given !== undefined)
    throw new CliError('--all-open replays every run that has not ended: leave out the id.')
  const client = context.client()
  const ids = options.allOpen ? openRuns(client) : [await runIdOrNewest(client, given)]
  const found: Found[] = []
  for await (const runId of ids) {
    const { replayRun: result } = await client.query(ReplayRun, { input: { runId } })
    // Of many, one that cannot be replayed is told of like one that diverges: the others are still worth knowing.
    if (!('identical' in result) && !options.allOpen) throw refusal(result.code, result.message, result.hint)
    const one = { runId, ...result }
    found.push(one)
    await tell(context, one, options)
  }
  const bad = found.filter(one => !('identical' in one && one.identical)).length
  const { out, err } = context.terminal
  if (formatOf(options) === 'json') await out.line(JSON.stringify(options.allOpen ? found : found[0], null, 2))
  else if (options.allOpen) await err.line(`Open runs: ${found.length}, of which not identical: ${bad}.`)
  return bad > 0 ? exitCodes.error : exitCodes.ok
}

async function* openRuns(client: Client): AsyncGenerator<string> {
  for (let after: string | null = null; ; ) {
    const page: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } = (
      await client.query(OpenRuns, { after })
    ).runs
    for (const { id } of page.nodes) yield id
    if (!page.pageInfo.hasNextPage) return
    after = page.pageInfo.endCursor
  }
}

async function tell({ terminal: { out } }: Context, found: Found, options: ReplayOptions): Promise<void> {
  const format = formatOf(options)
  if (format === 'jsonl') return out.line(JSON.stringify(found))
  if (format === 'json') return
  const { runId } = found
  if (!('identical' in found))
    return out.line(`${runId}  ${out.style.red('cannot be replayed')}: ${oneLine(found.message)}`)
  const { divergence, unchecked } = found
  const verdict = divergence === null ? out.style.green('identical') : out.style.red('diverges')
  const numbers = `${found.events} events, ${found.commands} commands, ${found.claims} claims, ${found.prompts} prompts`
  await out.line(`${runId}  ${verdict}  ${numbers}`)
  if (divergence !== null) {
    const where = divergence.task === null ? '' : ` (${oneLine(divergence.task.key)})`
    await out.line(`  seq ${divergence.seq}${where}: ${oneLine(divergence.difference)}`)
    await out.line(`  expected  ${oneLine(JSON.stringify(divergence.expected))}`)
    await out.line(`  got       ${oneLine(JSON.stringify(divergence.got))}`)
  }
  for (const { task, epoch, reason } of unchecked)
    await out.line(`  not compared: ${oneLine(task?.key ?? '')} at epoch ${epoch}: ${oneLine(reason)}`)
}
