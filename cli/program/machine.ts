/** The installation itself. */
import type { Command } from 'commander'
import { formatted, json, type Perform } from './options.ts'

export function addMachine(program: Command, perform: Perform): void {
  program.commandsGroup('Look at the installation:')
  program
    .command('doctor')
    .description('Try out the sandbox, look for toolchains in it, and for data that deleted projects left behind.')
    .option('--clean', 'remove what deleted projects left behind')
    .addOption(json())
    .action(options => perform(async context => (await import('../commands/doctor.ts')).doctor(context, options)))
  formatted(
    program.command('providers').description('Who serves models: which are set up, how they are, what they have cost.'),
  ).action(options => perform(async context => (await import('../commands/providers.ts')).providers(context, options)))
  program
    .command('check')
    .description('Look at the configuration, and at the services that it leads to.')
    .addOption(json())
    .action(options => perform(async context => (await import('../commands/check.ts')).check(context, options)))
}
