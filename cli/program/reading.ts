/** Looking at runs and at what they made. */
import type { Command } from 'commander'
import { collect, pageSize } from '../arguments.ts'
import { formatted, type Perform, runOrNewest } from './options.ts'

export function addReading(program: Command, perform: Perform): void {
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
    perform(async context => (await import('../commands/list.ts')).list(context, options)),
  )

  const show = program
    .command('show')
    .argument('[run]', runOrNewest)
    .description('A run as it is now: its tasks and artifacts.')
  formatted(show).action((id, options) =>
    perform(async context => (await import('../commands/show.ts')).show(context, id, options)),
  )
  addArtifacts(program, perform)
  program
    .command('export')
    .argument('[run]', runOrNewest)
    .description('Every event of a run until now, as JSON lines.')
    .option('-o, --output <file>', 'write them to a file')
    .action((id, options) =>
      perform(async context => (await import('../commands/export.ts')).exportRun(context, id, options)),
    )

  const replay = program
    .command('replay')
    .argument('[run]', runOrNewest)
    .description('Do a run again from its log, calling nobody; ends with 1 where it would go another way.')
    .option('--all-open', 'every run that has not ended: a check before a new version takes over')
  formatted(replay).action((id, options) =>
    perform(async context => (await import('../commands/replay.ts')).replay(context, id, options)),
  )

  formatted(program.command('workflows').description('What can be run, and which variables it takes.')).action(
    options => perform(async context => (await import('../commands/workflows.ts')).workflows(context, options)),
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
    perform(async context => (await import('../commands/artifacts.ts')).listArtifacts(context, id, options)),
  )
  artifacts
    .command('get')
    .argument('[artifact or run]', 'its id; the newest run unless given')
    .description('Write an artifact to stdout; of a run, its newest one of a kind, or all of them.')
    .option('--kind <kind>', 'of a run: Markdown, unless told; with --all: of every kind, unless told')
    .option('--all', 'of a run: all that it has made, as one zip')
    .option('-o, --output <file>', 'write it to a file')
    .action((id, options) =>
      perform(async context => (await import('../commands/artifacts.ts')).getArtifact(context, id, options)),
    )
}
