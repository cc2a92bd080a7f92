/** The commands, and what each is given. A command's own code is loaded when it is called: help must be quick. */
import { Command, Option } from 'commander'
import { collect, dollars, dollarsOrNone, milliseconds, pageSize, preference, whole } from './arguments.ts'
import type { Context } from './context.ts'
import type { ExitCode } from './exit.ts'
import type { Input } from './terminal.ts'

export type Streams = Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env' | 'cwd'> & { stdin?: Input }
export type Act = (context: Context) => Promise<ExitCode>
type Perform = (act: Act) => Promise<void>

export function createProgram({ stdout, stderr }: Streams, perform: Perform): Command {
  const program = new Command('orrery')
    .description('Starts, watches and steers runs on an Orrery server.')
    .version('0.1.0')
    .showHelpAfterError('  See orrery --help.')
    .showSuggestionAfterError()
    .exitOverride()
    .helpCommand(false)
    .configureOutput({
      writeOut: text => void stdout.write(text),
      writeErr: text => void stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'orrery: ')),
      getOutHelpWidth: () => Math.min(stdout.columns || 100, 100),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText('after', helpAfter)
  addRunning(program, perform)
  addAssistant(program, perform)
  addReading(program, perform)
  addSteering(program, perform)
  addFork(program, perform)
  addPeople(program, perform)
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

const json = () => new Option('--json', 'write one JSON document')
const formatted = (command: Command): Command =>
  command
    .addOption(json().conflicts('jsonl'))
    .addOption(new Option('--jsonl', 'write one JSON object a line; of a run, the first line carries its id'))

const runOrNewest = 'its id; the newest run unless given'
const quiet = ['-q, --quiet', 'show no progress'] as const
const noWait = ['--no-wait', 'leave, with exit code 7, when it waits for a person'] as const

function addRunning(program: Command, perform: Perform): void {
  program.commandsGroup('Start and watch:')
  const run = program
    .command('run')
    .argument('<workflow>', 'its name; orrery workflows lists them')
    .description('Start a run, and watch it until it ends.')
    .option('--repo <path or URL>', 'the repository to work on; a relative path is one from here')
    .option('--project <slug or id>', 'the project it belongs to; unless given, one is made for the repository')
    .option('--var <name=value>', 'a variable of the workflow; may be given several times', collect)
    .option('-o, --objective <text>', 'what is to be done, the variable objective; - reads it from stdin')
    .option('--title <text>', 'what the run is called')
    .option('--simulate', 'let simulated models stand in for real ones; what they make is labelled')
    .option('--manual', 'let every task wait for a go')
    .option('--budget <dollars>', 'what it may spend on models, such as 2.50', dollars)
    .option('--prefer <weights>', 'how models are chosen: quality=0.7,cost=0.2,latency=0.1', preference)
    .option('--priority <number>', 'from -100 to 100, higher comes first', whole)
    .option('--max-parallel <number>', 'tasks at work at once', whole)
    .option('--timeout <duration>', 'when the run as a whole times out: 90s, 30m, 2h', milliseconds)
    .addOption(new Option('-f, --follow', 'watch it until it ends (the default)').conflicts('detach'))
    .option('-d, --detach', 'start it and leave; its id is written to stdout')
    .option(...noWait)
    .option(...quiet)
  formatted(run).action((workflow, options) =>
    perform(async context => (await import('./commands/run.ts')).run(context, workflow, options)),
  )

  const watch = program
    .command('watch')
    .alias('attach')
    .argument('[run]', runOrNewest)
    .description('Watch a run until it ends. Ctrl-C detaches; the run goes on.')
    .option(...noWait)
    .option(...quiet)
  formatted(watch).action((id, options) =>
    perform(async context => (await import('./commands/watch.ts')).watch(context, id, options)),
  )
}

function addAssistant(program: Command, perform: Perform): void {
  program.commandsGroup('Say it in words:')
  program
    .command('auto')
    .argument('<objective>', 'what is wanted, in a sentence; or the id of a proposal')
    .description('Propose a run for a sentence, ask, start it, and watch it until it ends.')
    .addOption(new Option('--project <slug or id>', 'the project it is about').conflicts('repo'))
    .option('--repo <path or URL>', 'the repository it is about; a project is made for it where there is none')
    .option('--var <name=value>', 'answers a question of the proposal, or changes what it says', collect)
    .option('-y, --yes', 'start what is proposed, without asking')
    .option('--simulate', 'let simulated models propose, and stand in for real ones in the run')
    .option(...noWait)
    .option(...quiet)
    .addOption(json())
    .action((objective, options) =>
      perform(async context => (await import('./commands/auto.ts')).auto(context, objective, options)),
    )
  program
    .command('chat')
    .description('Talk about a project and its runs; each line of a pipe is answered, too.')
    .option('--project <slug or id>', 'the project; that of the newest run unless given')
    .option('--simulate', 'let a simulated model answer')
    .action(options => perform(async context => (await import('./commands/chat.ts')).chat(context, options)))
}

function addReading(program: Command, perform: Perform): void {
  program.commandsGroup('Look at runs:')
  const list = program
    .command('list')
    .alias('ls')
    .description('Runs, newest first.')
    .option('--project <slug or id>', 'only of this project')
    .option('--status <status>', 'only with this status; may be given several times', collect)
    .option('--workflow <name>', 'only of this workflow')
    .option('--limit <number>', 'at most so many, up to 100', pageSize, 20)
    .option('--all', 'sub-runs too')
  formatted(list).action(options =>
    perform(async context => (await import('./commands/list.ts')).list(context, options)),
  )

  const show = program
    .command('show')
    .argument('[run]', runOrNewest)
    .description('A run as it is now: its tasks and artifacts.')
  formatted(show).action((id, options) =>
    perform(async context => (await import('./commands/show.ts')).show(context, id, options)),
  )
  addArtifacts(program, perform)
  program
    .command('export')
    .argument('[run]', runOrNewest)
    .description('Every event of a run until now, as JSON lines.')
    .option('-o, --output <file>', 'write them to a file')
    .action((id, options) =>
      perform(async context => (await import('./commands/export.ts')).exportRun(context, id, options)),
    )

  const replay = program
    .command('replay')
    .argument('[run]', runOrNewest)
    .description('Do a run again from its log, calling nobody; ends with 1 where it would go another way.')
    .option('--all-open', 'every run that has not ended: a check before a new version takes over')
  formatted(replay).action((id, options) =>
    perform(async context => (await import('./commands/replay.ts')).replay(context, id, options)),
  )

  formatted(program.command('workflows').description('What can be run, and which variables it takes.')).action(
    options => perform(async context => (await import('./commands/workflows.ts')).workflows(context, options)),
  )
}

function addArtifacts(program: Command, perform: Perform): void {
  const artifacts = program.command('artifacts').description('What the tasks of a run made.')
  const list = artifacts
    .command('list')
    .argument('[run]', runOrNewest)
    .description('The artifacts of a run.')
    .option('--kind <kind>', 'only of this kind, such as AnalysisReport')
  formatted(list).action((id, options) =>
    perform(async context => (await import('./commands/artifacts.ts')).listArtifacts(context, id, options)),
  )
  artifacts
    .command('get')
    .argument('[artifact or run]', 'its id; the newest run unless given')
    .description('Write an artifact to stdout; of a run, its newest one of a kind, or all of them.')
    .option('--kind <kind>', 'of a run: Markdown, unless told; with --all: of every kind, unless told')
    .option('--all', 'of a run: all that it has made, as one zip')
    .option('-o, --output <file>', 'write it to a file')
    .action((id, options) =>
      perform(async context => (await import('./commands/artifacts.ts')).getArtifact(context, id, options)),
    )
}

const controls = {
  cancel: 'End a run and everything that it is at.',
  pause: 'Begin no task any more; those at work finish, deadlines go on.',
  resume: 'Go on with a paused run.',
  reset: 'Free a run that seems to hang: claims are void, waits are cut short.',
} as const

function addSteering(program: Command, perform: Perform): void {
  program.commandsGroup('Steer runs:')
  for (const [which, description] of Object.entries(controls) as [keyof typeof controls, string][]) {
    const command = program
      .command(which)
      .argument('<run>', 'its id')
      .description(description)
      .option('--reason <text>', 'kept with the event')
      .addOption(json())
    command.action((id, options) =>
      perform(async context => (await import('./commands/control.ts')).control(context, which, id, options)),
    )
  }
  const retry = program
    .command('retry')
    .argument('<run>', 'its id')
    .argument('[task]', 'its key or number; whatever failed unless given')
    .description('Do a task that has ended again, and all that built on it.')
    .option('--reason <text>', 'kept with the event')
    .option('-d, --detach', 'do not watch it')
    .option(...noWait)
    .option(...quiet)
  formatted(retry).action((id, task, options) =>
    perform(async context => (await import('./commands/retry.ts')).retry(context, id, task, options)),
  )
}

function addFork(program: Command, perform: Perform): void {
  const fork = program
    .command('fork')
    .argument('<run>', 'its id')
    .description('Begin a run with what happened in another one until then, and watch it until it ends.')
    .option('--at <seq>', 'the last event that it has from there; the newest one unless given', whole)
    .option('-o, --objective <text>', 'another objective')
    .option('--var <name=value>', 'another value of a variable; may be given several times', collect)
    .option('--title <text>', 'what the fork is called')
    .option(
      '--prompt <role=text>',
      'words that are added to those of a role; role=@file reads them from a file',
      collect,
    )
    .option('--replace-prompt <role=text>', 'words in place of those of a role', collect)
    .option('--prefer <weights>', 'how models are chosen: quality=0.7,cost=0.2,latency=0.1', preference)
    .option('--allow-model <id>', 'a model that may be asked, and no other; may be given several times', collect)
    .option('--budget <dollars>', 'what it may spend on models, such as 2.50', dollars)
    .option('--without-tool <name>', 'a tool that no role has any more; may be given several times', collect)
    .option('--reason <text>', 'kept with the event')
    .addOption(new Option('-f, --follow', 'watch it until it ends (the default)').conflicts('detach'))
    .option('-d, --detach', 'begin it and leave; its id is written to stdout')
    .option(...noWait)
    .option(...quiet)
  formatted(fork).action((id, options) =>
    perform(async context => (await import('./commands/fork.ts')).fork(context, id, options)),
  )
}

function addPeople(program: Command, perform: Perform): void {
  program.commandsGroup('Answer questions, and mind the money:')
  const approvals = program
    .command('approvals')
    .description('What runs ask people, newest first.')
    .option('--project <slug or id>', 'only of this project')
    .option('--run <id>', 'only of this run')
    .option('--limit <number>', 'at most so many, up to 100', pageSize, 20)
    .option('--all', 'those that are settled too')
  formatted(approvals).action(options =>
    perform(async context => (await import('./commands/approvals.ts')).approvals(context, options)),
  )
  program
    .command('approve')
    .argument('<approval>', 'its id, or that of a run that asks one thing')
    .description('Answer a question. Where nobody is asked for yes or no, say what with --answer.')
    .option('--deny', 'say no')
    .option('--reason <text>', 'why; kept with the answer')
    .option('--answer <name=value>', 'a field of the form; may be given several times', collect)
    .addOption(json())
    .action((id, options) =>
      perform(async context => (await import('./commands/approve.ts')).approve(context, id, options)),
    )
  program
    .command('budget')
    .description('What may be spent on models, what was, and on what.')
    .option('--project <slug or id>', 'of this project; of everything unless a project or run is given')
    .addOption(new Option('--run <id>', 'of this run').conflicts('project'))
    .option('--set <dollars>', 'set the limit; none lifts it', dollarsOrNone)
    .addOption(json())
    .action(options => perform(async context => (await import('./commands/budget.ts')).budget(context, options)))
}

function addMachine(program: Command, perform: Perform): void {
  program.commandsGroup('Look at the installation:')
  program
    .command('doctor')
    .description('Try out the sandbox, look for toolchains in it, and for data that deleted projects left behind.')
    .option('--clean', 'remove what deleted projects left behind')
    .addOption(json())
    .action(options => perform(async context => (await import('./commands/doctor.ts')).doctor(context, options)))
  formatted(
    program.command('providers').description('Who serves models: which are set up, how they are, what they have cost.'),
  ).action(options => perform(async context => (await import('./commands/providers.ts')).providers(context, options)))
  program
    .command('check')
    .description('Look at the configuration, and at the services that it leads to.')
    .addOption(json())
    .action(options => perform(async context => (await import('./commands/check.ts')).check(context, options)))
}
