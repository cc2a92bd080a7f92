import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import type { Context } from '../context.ts'
import { followEvents } from '../events.ts'
import { CliError, type ExitCode, exitCodes } from '../exit.ts'
import { isCaughtUp } from '../follow.ts'
import { count } from '../format.ts'
import { eventJson } from '../json.ts'
import { runIdOrNewest } from '../run-id.ts'

/** `orrery export`: every event of a run until now, one JSON object a line, in order. */
export async function exportRun(
  context: Context,
  given: string | undefined,
  { output }: { output?: string },
): Promise<ExitCode> {
  const runId = await runIdOrNewest(context.client(), given)
  const sink = output === undefined ? context.terminal.out : await openFile(output)
  const events = await context.untilInterrupted(signal =>
    copy(context, { runId, signal, write: text => sink.write(text) }),
  )
  if ('close' in sink) await sink.close()
  if (output !== undefined) await context.terminal.err.line(`${count(events, 'event')} of ${runId} in ${output}`)
  return exitCodes.ok
}

async function copy(
  context: Context,
  { runId, signal, write }: { runId: string; signal: AbortSignal; write(text: string): Promise<void> },
): Promise<number> {
  let seq = 0
  for await (const { events, status } of followEvents({ runId, after: 0, connection: context.connection, signal })) {
    await write(events.map(event => `${JSON.stringify(eventJson(event))}\n`).join(''))
    seq = events.at(-1)?.seq ?? seq
    if (isCaughtUp(status)) return seq
  }
  throw new CliError(`interrupted after event ${seq}: the export is not whole.`, { exitCode: exitCodes.detached })
}

async function openFile(
  path: string,
): Promise<{ write(text: string | Uint8Array): Promise<void>; close(): Promise<void> }> {
  const file = createWriteStream(path)
  try {
    await once(file, 'open')
  } catch (error) {
    throw new CliError(`${path} cannot be written (${(error as NodeJS.ErrnoException).code}).`, {
      hint: 'Choose another file with --output.',
    })
  }
  return {
    async write(text) {
      if (!file.write(text)) await once(file, 'drain')
    },
    async close() {
      file.end()
      await once(file, 'close')
    },
  }
}
