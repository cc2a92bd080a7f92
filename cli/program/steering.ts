/** What is asked of a run that is there, and runs that begin with the events of another one. */
import { type Command, Option } from 'commander'
import { collect, dollars, preference, whole } from '../arguments.ts'
import { formatted, json, noWait, type Perform, quiet } from './options.ts'

const controls = {
  cancel: 'End a run and everything that it is at.',
  pause: 'Begin no task any more; those at work finish, deadlines go on.',
  resume: 'Go on with a paused run.',
  reset: 'Free a run that seems to hang: claims are void, waits are cut short.',
} as const

/** What may be asked of all runs at once, too. */
const forAll = {
  pause: 'every run that has not ended',
  resume: 'every run that is paused, whoever paused it',
} as const
const isForAll = (which: string): which is keyof typeof forAll => Object.hasOwn(forAll, which)

export function addSteering(program: Command, perform: Perform): void {
  program.commandsGroup('Steer runs:')
  for (const [which, description] of Object.entries(controls) as [keyof typeof controls, string][]) {
    const command = program
      .command(which)
      .argument(isForAll(which) ? '[run]' : '<run>', 'its id')
      .description(description)
      .option('--reason <text>', 'kept with the event')
      .addOption(json())
    if (isForAll(which)) command.option('--all', forAll[which])
    command.action((id, options) =>
      perform(async context => (await import('../commands/control.ts')).control(context, which, id, options)),
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
    perform(async context => (await import('../commands/retry.ts')).retry(context, id, task, options)),
  )
}

export function addFork(program: Command, perform: Perform): void {
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
    perform(async context => (await import('../commands/fork.ts')).fork(context, id, options)),
  )
}
