/** What several commands take, in the same words. */
import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import type { ExitCode } from '../exit.ts'

export type Act = (context: Context) => Promise<ExitCode>
/** Does what a command is for, and sees to how the process ends. */
export type Perform = (act: Act) => Promise<void>

export const json = () => new Option('--json', 'write one JSON document')
export const formatted = (command: Command): Command =>
  command
    .addOption(json().conflicts('jsonl'))
    .addOption(new Option('--jsonl', 'write one JSON object a line; of a run, the first line carries its id'))

export const runOrNewest = 'its id; the newest run unless given'
export const quiet = ['-q, --quiet', 'show no progress'] as const
export const noWait = ['--no-wait', 'leave, with exit code 7, when it waits for a person'] as const
