/** The command line in a test: run in this process, on streams that remember. */
import { Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { main } from './main.ts'
import type { Input } from './terminal.ts'

export type Spoken = { exitCode: number; stdout: string; stderr: string }

type Options = {
  env?: Readonly<Record<string, string>>
  cwd?: string
  terminal?: { columns: number; rows: number }
  stdin?: Input
}

/** What a command line wrote, colours taken off, and its exit code. */
export async function speak(
  args: readonly string[],
  { env = {}, cwd = '/', terminal, stdin }: Options = {},
): Promise<Spoken> {
  const [stdout, stderr] = [recorder(terminal), recorder(terminal)]
  const exitCode = await main(args, {
    stdout: stdout.stream as never,
    stderr: stderr.stream as never,
    env: { ...env },
    cwd: () => cwd,
    ...(stdin === undefined ? {} : { stdin }),
  })
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() }
}

export function recorder(terminal?: Options['terminal']) {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write(chunk: Buffer | string, _, done) {
      chunks.push(Buffer.from(chunk))
      done()
    },
  })
  if (terminal !== undefined) Object.assign(stream, { isTTY: true, ...terminal })
  return { stream, text: () => stripVTControlCharacters(Buffer.concat(chunks).toString()) }
}
