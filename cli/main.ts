/** The commands, and what each is given. A command's own code is loaded when it is called: help must be quick. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { Context, FormatOptions } from './context.ts'
import { CliError, type ExitCode, exitCodes } from './exit.ts'

type Streams = Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env' | 'cwd'>

/** Runs one command line and answers with its exit code. Never throws. */
export async function main(args: readonly string[], streams: Streams = process): Promise<number> {
  // `orrery list | head` ends when head does.
  streams.stdout.on('error', error => {
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(exitCodes.ok)
  })
  let exitCode: ExitCode = exitCodes.ok
  const program = createProgram(async act => {
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

type Act = (context: Context) => Promise<ExitCode>

function createProgram(perform: (act: Act) => Promise<void>): Command {
  const program = new Command('orrery')
    .description('Starts, watches and steers runs on an Orrery server.')
    .version('0.1.0')
    .showHelpAfterError('See orrery --help.')
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText('after', helpAfter)
  addRunning(program, perform)
  addReading(program, perform)
  addSteering(program, perform)
  addMachine(program, perform)
  return program
}

const helpAfter = `
The server is found by ORRERY_URL and ORRERY_KEY, or by $ORRERY_DATA/credentials.json, which it writes itself.
Where a run may be left out, the newest one is meant. Data go to stdout, everything else to stderr.

Exit codes: 0 ok · 1 error · 2 cancelled · 3 timeout · 4 authentication · 5 run failed · 6 stopped by a budget ·
7 waits for an approval · 130 detached with Ctrl-C.

Example:
  orrery run repository-audit --repo . --follow`

type Perform = (act: Act) => Promise<void>

const formatted = (command: Command): Command =>
  command
    .addOption(new Option('--json', 'one JSON document').conflicts('jsonl'))
    .addOption(new Option('--jsonl', 'one JSON object a line; of a run, the first line carries its id'))

function addRunning(program: Command, perform: Perform): void {
  formatted(program.command('run'))
    .argument('<workflow>', 'its name; orrery workflows lists them')
    .description('start a run, and watch it until it ends')
    .option('--repo <path or URL>', 'the repository to work on; a relative path is one from here')
    .option('--project <slug or id>', 'the project it belongs to; unless given, one is made for the repository')
    .option('--var <name=value>', 'a variable of the workflow; may be given several times', collect)
    .option('--title <text>', 'what the run is called')
    .option('--priority <number>', 'from -100 to 100, higher comes first', whole)
    .option('--max-parallel <number>', 'tasks at work at once', whole)
    .option('--timeout <duration>', 'when the run as a whole times out: 90s, 30m, 2h', milliseconds)
    .addOption(new Option('-f, --follow', 'watch it until it ends (the default)').conflicts('detach'))
    .option('-d, --detach', 'start it and leave; stdout is its id')
    .option('-q, --quiet', 'no progress on stderr')
    .action((workflow, options) =>
      perform(async context => (await import('./commands/run.ts')).run(context, workflow, options)),
    )

  formatted(program.command('watch').alias('attach'))
    .argument('[run]')
    .description('watch a run until it ends; Ctrl-C detaches, the run goes on')
    .option('-q, --quiet', 'no progress on stderr')
    .action((run, options) =>
      perform(async context => (await import('./commands/watch.ts')).watch(context, run, options)),
    )
}

function addReading(program: Command, perform: Perform): void {
  formatted(program.command('list').alias('ls'))
    .description('runs, newest first')
    .option('--project <slug or id>', 'only of this project')
    .option('--status <status>', 'only with this status; may be given several times', collect)
    .option('--workflow <name>', 'only of this workflow')
    .option('--limit <number>', 'at most so many, up to 100', whole, 20)
    .option('--all', 'sub-runs too')
    .action(options => perform(async context => (await import('./commands/list.ts')).list(context, options)))

  formatted(program.command('show'))
    .argument('[run]')
    .description('a run as it is now: its tasks and artifacts')
    .action((run, options) =>
      perform(async context => (await import('./commands/show.ts')).show(context, run, options)),
    )

  const artifacts = program.command('artifacts').description('what the tasks of a run made')
  formatted(artifacts.command('list'))
    .argument('[run]')
    .description('the artifacts of a run')
    .option('--kind <kind>', 'only of this kind, such as AnalysisReport')
    .action((run, options: FormatOptions & { kind?: string }) =>
      perform(async context => (await import('./commands/artifacts.ts')).listArtifacts(context, run, options)),
    )
  artifacts
    .command('get')
    .argument('[artifact or run]')
    .description('write an artifact to stdout; of a run, its newest one of a kind')
    .option('--kind <kind>', 'of a run: Markdown unless told')
    .option('-o, --output <file>', 'write it to a file')
    .action((id, options) =>
      perform(async context => (await import('./commands/artifacts.ts')).getArtifact(context, id, options)),
    )

  program
    .command('export')
    .argument('[run]')
    .description('every event of a run until now, as JSON lines')
    .option('-o, --output <file>', 'write them to a file')
    .action((run, options) =>
      perform(async context => (await import('./commands/export.ts')).exportRun(context, run, options)),
    )

  formatted(program.command('workflows'))
    .description('what can be run, and which variables it takes')
    .action(options => perform(async context => (await import('./commands/workflows.ts')).workflows(context, options)))
}

const controls = {
  cancel: 'end a run and everything that it is at',
  pause: 'begin no task any more; those at work finish, deadlines go on',
  resume: 'go on with a paused run',
  reset: 'free a run that seems to hang: claims are void, waits are cut short',
} as const

function addSteering(program: Command, perform: Perform): void {
  for (const [which, description] of Object.entries(controls) as [keyof typeof controls, string][]) {
    formatted(program.command(which))
      .argument('<run>')
      .description(description)
      .option('--reason <text>', 'kept with the event')
      .action((run, options) =>
        perform(async context => (await import('./commands/control.ts')).control(context, which, run, options)),
      )
  }
  formatted(program.command('retry'))
    .argument('<run>')
    .argument('[task]', 'its key or number; unless given, whatever failed')
    .description('do a task that has ended again, and all that built on it')
    .option('--reason <text>', 'kept with the event')
    .option('-d, --detach', 'do not watch it')
    .option('-q, --quiet', 'no progress on stderr')
    .action((run, task, options) =>
      perform(async context => (await import('./commands/retry.ts')).retry(context, run, task, options)),
    )
}

function addMachine(program: Command, perform: Perform): void {
  program
    .command('doctor')
    .description('try out the sandbox and look for toolchains on this machine')
    .option('--json', 'one JSON document')
    .action(options => perform(async context => (await import('./commands/doctor.ts')).doctor(context, options)))
  program
    .command('check')
    .description('look at the configuration, and at the services that it leads to')
    .option('--json', 'one JSON document')
    .action(options => perform(async context => (await import('./commands/check.ts')).check(context, options)))
}

const collect = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value]

function whole(text: string): number {
  if (/^-?\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number.')
}

function milliseconds(text: string): number {
  const [, number, unit] = /^(\d{1,7})(ms|s|m|h|d)$/.exec(text) ?? []
  const factor = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit ?? '']
  if (factor === undefined) throw new InvalidArgumentError('It must be a duration such as 90s, 30m or 2h.')
  return Number(number) * factor
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
