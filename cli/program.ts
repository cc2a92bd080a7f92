/** The commands, and what each is given. A command's own code is loaded when it is called: help must be quick. */
import { Command } from 'commander'
import { addMachine } from './program/machine.ts'
import type { Perform } from './program/options.ts'
import { addPeople } from './program/people.ts'
import { addReading } from './program/reading.ts'
import { addAssistant, addRunning } from './program/running.ts'
import { addFork, addSteering } from './program/steering.ts'
import type { Input } from './terminal.ts'
import { wrapped } from './view/question.ts'

export type Streams = Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env' | 'cwd'> & { stdin?: Input }

export function createProgram({ stdout, stderr }: Streams, perform: Perform): Command {
  const helpWidth = () => Math.min(stdout.columns || 100, 100)
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
      getOutHelpWidth: helpWidth,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText('after', () => helpAfter.flatMap(line => wrapped(line, helpWidth())).join('\n'))
  addRunning(program, perform)
  addAssistant(program, perform)
  addReading(program, perform)
  addSteering(program, perform)
  addFork(program, perform)
  addPeople(program, perform)
  addMachine(program, perform)
  return program
}

const helpAfter = [
  '',
  'The server is found by ORRERY_URL and ORRERY_KEY, or by $ORRERY_DATA/credentials.json, which it writes itself.',
  'Where a run may be left out, the newest one is meant. Data go to stdout, everything else to stderr.',
  '',
  'Exit codes: 0 ok · 1 error · 2 cancelled · 3 timeout · 4 authentication · 5 run failed · 6 stopped by a budget · 7 waits for an approval · 130 detached with Ctrl-C.',
  '',
  'Example:',
  '  orrery run repository-audit --repo . --follow',
]
