import { attend } from '../attend.ts'
import { type Context, type FormatOptions, formatOf } from '../context.ts'
import type { ExitCode } from '../exit.ts'
import { runIdOrNewest } from '../run-id.ts'

/** `orrery watch`: stays with a run until it ends or the user leaves. */
export async function watch(
  context: Context,
  given: string | undefined,
  options: FormatOptions & { quiet?: boolean; wait?: boolean },
): Promise<ExitCode> {
  const client = context.client()
  const runId = await runIdOrNewest(client, given)
  const format = formatOf(options)
  if (format === 'jsonl')
    await context.terminal.out.line(JSON.stringify({ runId, page: `${client.url}/runs/${runId}` }))
  return attend(context, runId, { format, quiet: options.quiet ?? false, wait: options.wait ?? true })
}
