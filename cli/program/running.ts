/** Starting runs and watching them, by name or in words. */
import { type Command, Option } from 'commander'
import { collect, dollars, milliseconds, preference, whole } from '../arguments.ts'
import { formatted, json, noWait, type Perform, quiet, runOrNewest } from './options.ts'

export function addRunning(program: Command, perform: Perform): void {
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
    perform(async context => (await import('../commands/run.ts')).run(context, workflow, options)),
  )

  const watch = program
    .command('watch')
    .alias('attach')
    .argument('[run]', runOrNewest)
    .description('Watch a run until it ends. Ctrl-C detaches; the run goes on.')
    .option(...noWait)
    .option(...quiet)
  formatted(watch).action((id, options) =>
    perform(async context => (await import('../commands/watch.ts')).watch(context, id, options)),
  )
}

export function addAssistant(program: Command, perform: Perform): void {
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
      perform(async context => (await import('../commands/auto.ts')).auto(context, objective, options)),
    )
  program
    .command('chat')
    .description('Talk about a project and its runs; each line of a pipe is answered, too.')
    .option('--project <slug or id>', 'the project; that of the newest run unless given')
    .option('--simulate', 'let a simulated model answer')
    .action(options => perform(async context => (await import('../commands/chat.ts')).chat(context, options)))
}
