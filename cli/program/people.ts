/** What people answer, and the money that they mind. */
import { type Command, Option } from 'commander'
import { collect, dollars, dollarsOrNone, pageSize } from '../arguments.ts'
import { formatted, json, type Perform } from './options.ts'

export function addPeople(program: Command, perform: Perform): void {
  program.commandsGroup('Answer questions, and mind the money:')
  const approvals = program
    .command('approvals')
    .description('What runs ask people, newest first.')
    .option('--project <slug or id>', 'only of this project')
    .option('--run <id>', 'only of this run')
    .option('--limit <number>', 'at most so many, up to 100', pageSize, 20)
    .option('--all', 'those that are settled too')
  formatted(approvals).action(options =>
    perform(async context => (await import('../commands/approvals.ts')).approvals(context, options)),
  )
  program
    .command('approve')
    .argument('<approval>', 'its id, or that of a run that asks one thing')
    .description('Answer a question. Where nobody is asked for yes or no, say what with --answer.')
    .option('--deny', 'say no')
    .option('--reason <text>', 'why; kept with the answer')
    .option('--answer <name=value>', 'a field of the form; may be given several times', collect)
    .addOption(
      new Option('--raise <dollars>', 'of a budget that is used up: what it may come to, such as 5')
        .argParser(dollars)
        .conflicts(['deny', 'answer']),
    )
    .addOption(json())
    .action((id, options) =>
      perform(async context => (await import('../commands/approve.ts')).approve(context, id, options)),
    )
  program
    .command('budget')
    .description('What may be spent on models, what was, and on what.')
    .option('--project <slug or id>', 'of this project; of everything unless a project or run is given')
    .addOption(new Option('--run <id>', 'of this run').conflicts('project'))
    .option('--set <dollars>', 'set the limit; none lifts it', dollarsOrNone)
    .addOption(json())
    .action(options => perform(async context => (await import('../commands/budget.ts')).budget(context, options)))
}
