/** Files of the repository: list, read, search, edit, write. All of it happens inside the sandbox, in `tool-files.mjs`. */
import { z } from 'zod'
import type { Workspace } from '../../domain/ports.ts'
import { runProgram } from './program.ts'
import { defineTool, type Tool, type ToolEnv, type ToolOutcome } from './tool.ts'

const Path = z.string().min(1).max(4_096).describe('Relative to the root of the repository, for example src/app.ts.')
const Text = z.string().max(1_000_000)

/** Characters with which a text looks different from what it is; they are written as escapes, or not at all. */
const deceiving = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u

type Request = { op: 'list' | 'read' | 'search' | 'edit' | 'write'; [argument: string]: unknown }

async function inside(request: Request, env: ToolEnv, open: () => Promise<Workspace>): Promise<ToolOutcome> {
  const outcome = await runProgram(await open(), env, { program: 'tool-files.mjs', request })
  return { ...outcome, origin: outcome.isError === true ? 'own' : 'repository' }
}

function refuseDeceiving(argument: string, text: string): ToolOutcome | null {
  const found = deceiving.exec(text)
  if (found === null) return null
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  const line = text.slice(0, found.index).split('\n').length
  return {
    isError: true,
    text: `\`${argument}\` holds the control character U+${code} in its line ${line}. Nothing was written. Write it as an escape of the language, such as "\\u${code}".`,
  }
}

export const fileTools: readonly Tool[] = [
  defineTool({
    name: 'list',
    class: 'read',
    recorded: 'result',
    description:
      'Lists files and directories below a path, one a line: directories end in "/", files have their size in bytes. Directories such as node_modules are named and not entered.',
    input: z.strictObject({
      path: Path.optional(),
      depth: z.number().int().min(1).max(20).optional().describe('Levels to go down; 3 unless told.'),
    }),
    run: (args, env, workspace) => inside({ op: 'list', ...args }, env, workspace),
  }),
  defineTool({
    name: 'read',
    class: 'read',
    recorded: 'result',
    description:
      'Reads a text file. Each line comes back as its number, a tab and its text; number and tab are not part of the file. Long files: name a range of lines with `from` and `to`.',
    input: z.strictObject({
      path: Path,
      from: z.number().int().min(1).optional().describe('The first line; 1 unless told.'),
      to: z.number().int().min(1).optional().describe('The last line, included.'),
    }),
    run: (args, env, workspace) => inside({ op: 'read', ...args }, env, workspace),
  }),
  defineTool({
    name: 'search',
    class: 'read',
    recorded: 'result',
    description:
      'Searches the lines of all text files with a JavaScript regular expression. Each hit comes back as "file:line: text", at most 200 of them.',
    input: z.strictObject({
      pattern: z.string().min(1).max(1_000).describe('A regular expression; case counts.'),
      path: Path.optional().describe('A file or directory to search in.'),
      glob: z
        .string()
        .max(200)
        .optional()
        .describe('Only files whose path or name fits, for example *.ts or src/**/*.py.'),
    }),
    run: (args, env, workspace) => inside({ op: 'search', ...args }, env, workspace),
  }),
  defineTool({
    name: 'edit',
    class: 'write',
    recorded: 'tree',
    description:
      'Replaces an exact piece of text in a file. `old` must stand there exactly once, white space included, without line numbers; with `all` every occurrence is replaced. Comes back with the changed lines.',
    input: z.strictObject({
      path: Path,
      old: Text.min(1).describe('The text as it stands in the file. Take in enough lines to make it unique.'),
      new: Text.describe('What stands there afterwards.'),
      all: z.boolean().optional(),
    }),
    run: async (args, env, workspace) =>
      refuseDeceiving('new', args.new) ?? inside({ op: 'edit', ...args }, env, workspace),
  }),
  defineTool({
    name: 'write',
    class: 'write',
    recorded: 'tree',
    description:
      'Writes a whole file; missing directories are made, an existing file is replaced. To change a part of a file, use edit.',
    input: z.strictObject({ path: Path, content: Text }),
    run: async (args, env, workspace) =>
      refuseDeceiving('content', args.content) ?? inside({ op: 'write', ...args }, env, workspace),
  }),
]
