/** Commands of the model's own, in the workspace and without a network. */
import { z } from 'zod'
import { refuseCancelled, repositoryRoot, watched, whyEnded } from './program.ts'
import { defineTool, type Tool } from './tool.ts'

const mebibyte = 1024 * 1024
const defaultSeconds = 120

/** Programs of installed packages are found as npm finds them. */
const searchPath =
  '/work/repo/node_modules/.bin:/work/node_modules/.bin:/opt/orrery/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin'

export const shellTool: Tool = defineTool({
  name: 'shell',
  class: 'execute',
  recorded: 'tree',
  description:
    'Runs a bash command in the root of the repository, in a sandbox without network. Its first line says how it ended ("exit code 0"), then comes what it wrote, stdout and stderr as they came. Each call is a shell of its own: `cd`, variables and files outside of the repository do not last, and nothing may stay running.',
  input: z.strictObject({
    command: z.string().min(1).max(100_000),
    timeoutSeconds: z.number().int().min(1).max(600).optional().describe(`${defaultSeconds} unless told.`),
  }),
  async run({ command, timeoutSeconds = defaultSeconds }, { context, environment }, workspace) {
    context.output(`$ ${command.slice(0, 500)}\n`)
    const place = await workspace()
    const result = await place.exec({
      argv: ['/bin/sh', '-c', 'exec bash -c "$1" 2>&1', 'shell', command],
      cwd: repositoryRoot,
      // What Python compiles on the way would be committed with the change.
      env: { CI: '1', NO_COLOR: '1', PYTHONDONTWRITEBYTECODE: '1', ...environment, PATH: searchPath },
      limits: { wallMs: timeoutSeconds * 1_000, cpuSeconds: timeoutSeconds * 2, outputBytes: mebibyte },
      onOutput: watched(context),
      signal: context.signal,
    })
    refuseCancelled(result)
    const written = new TextDecoder().decode(result.stdout)
    const dropped = result.stdoutBytes - result.stdout.length
    const more = dropped > 0 ? `\n[… it wrote ${dropped} more bytes, which were not kept]` : ''
    return {
      text: `${whyEnded(result)}\n${written === '' ? '(it wrote nothing)' : written}${more}`,
      isError: result.exitCode !== 0,
      origin: 'repository',
    }
  },
})
