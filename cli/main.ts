/** One command line: from its words to its exit code. */
import { CommanderError } from 'commander'
import { CliError, type ExitCode, exitCodes } from './exit.ts'
import { createProgram, type Streams } from './program.ts'

/** Runs one command line and answers with its exit code. Never throws. */
export async function main(args: readonly string[], streams: Streams = process): Promise<number> {
  // `orrery list | head` ends when head does.
  streams.stdout.on('error', error => {
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(exitCodes.ok)
  })
  let exitCode: ExitCode = exitCodes.ok
  const program = createProgram(streams, async act => {
    const { createContext } = await import('./create-context.ts')
    exitCode = await act(createContext(streams))
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    return report(error, args, streams)
  }
}

/** Tells what went wrong: one message, in JSON where JSON was asked for. */
function report(error: unknown, args: readonly string[], { stderr, env }: Streams): ExitCode {
  // Commander has told it already; help and version count as errors to it.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.error
  const told = error instanceof CliError ? error : unexpected(error)
  const { message, hint, code, exitCode } = told
  if (args.includes('--json') || args.includes('--jsonl'))
    stderr.write(`${JSON.stringify({ error: { code, message, hint, exitCode } })}\n`)
  else stderr.write(`orrery: ${message}\n${hint === '' ? '' : `  ${hint}\n`}`)
  if (env.ORRERY_LOG_LEVEL === 'debug' && error instanceof Error) stderr.write(`${error.stack}\n`)
  return exitCode
}

const unexpected = (error: unknown): CliError =>
  new CliError(error instanceof Error ? `${error.name}: ${error.message}` : String(error), {
    hint: 'This is a fault of the command line. ORRERY_LOG_LEVEL=debug shows where it happened.',
    code: 'INTERNAL',
  })
