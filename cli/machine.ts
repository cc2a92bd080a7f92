/** Questions to this machine are answered by processes of the server's own code: the command line holds none of it. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { CliError } from './exit.ts'

const patienceMs = 120_000

/** What `server/<name>.ts` prints, parsed. Throws CliError with its own words where it fails. */
export async function askMachine<Answer>(
  name: 'doctor' | 'check',
  env: NodeJS.ProcessEnv,
  words: readonly string[] = [],
): Promise<Answer> {
  const program = fileURLToPath(new URL(`../server/${name}.ts`, import.meta.url))
  try {
    const args = ['--import', import.meta.resolve('tsx'), program, ...words]
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      env,
      timeout: patienceMs,
      maxBuffer: 16 * 1024 * 1024,
    })
    return JSON.parse(stdout) as Answer
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string }
    throw new CliError(`${name} did not come to its end: ${lastLine(stderr) || message}`, {
      hint: `Run it by itself to see more: node --import tsx server/${name}.ts`,
      cause: error,
    })
  }
}

const lastLine = (text: string): string =>
  text
    .trim()
    .split('\n')
    .findLast(line => /Error/.test(line))
    ?.trim() ?? ''
