/** The repository's history: what is changed, what it was, and a commit of one's own. */
import { z } from 'zod'
import type { Workspace } from '../../domain/ports.ts'
import { runProgram } from './program.ts'
import { defineTool, type Tool, type ToolEnv, type ToolOutcome } from './tool.ts'

const Path = z.string().min(1).max(4_096).describe('A file or directory; all of the repository unless told.')

async function inside(request: object, env: ToolEnv, open: () => Promise<Workspace>): Promise<ToolOutcome> {
  const outcome = await runProgram(await open(), env, { program: 'tool-git.mjs', request })
  return { ...outcome, origin: outcome.isError === true ? 'own' : 'repository' }
}

const looking: readonly Tool[] = [
  defineTool({
    name: 'git_status',
    class: 'read',
    recorded: 'result',
    description:
      'Says at which commit the tree stands, then one line a file that differs from it: "M" changed, "A" added, "D" deleted, "??" new.',
    input: z.strictObject({}),
    run: (_, env, workspace) => inside({ op: 'status' }, env, workspace),
  }),
  defineTool({
    name: 'git_diff',
    class: 'read',
    recorded: 'result',
    description:
      'The difference between a commit and the files as they are now, new files included, as a unified diff.',
    input: z.strictObject({
      path: Path.optional(),
      from: z.string().min(1).max(200).optional().describe('The commit to compare with; HEAD unless told.'),
    }),
    run: (args, env, workspace) => inside({ op: 'diff', ...args }, env, workspace),
  }),
  defineTool({
    name: 'git_log',
    class: 'read',
    recorded: 'result',
    description: 'The newest commits first, one a line: hash, date, author and subject.',
    input: z.strictObject({
      path: Path.optional(),
      count: z.number().int().min(1).max(200).optional().describe('20 unless told.'),
    }),
    run: (args, env, workspace) => inside({ op: 'log', ...args }, env, workspace),
  }),
]

/** Commits all that is changed; null where there was nothing. Journals itself. */
export type Commit = (message: string) => Promise<{ commit: string; files: number } | null>

/** The git tools; git_commit only where the task may commit. */
export function gitTools(commit: Commit | null): readonly Tool[] {
  if (commit === null) return looking
  return [
    ...looking,
    defineTool({
      name: 'git_commit',
      class: 'write',
      recorded: 'itself',
      description:
        'Commits everything that is changed, new files included. What is not committed when you submit is committed then, so this is only for work that reads better in several commits.',
      input: z.strictObject({
        message: z.string().min(1).max(5_000).describe('In the imperative: a subject, an empty line, and why.'),
      }),
      async run({ message }) {
        const made = await commit(message)
        if (made === null) return { text: 'Nothing is changed, so there is nothing to commit.', isError: true }
        return {
          text: `Committed ${made.files} ${made.files === 1 ? 'file' : 'files'} as ${made.commit.slice(0, 12)}.`,
        }
      },
    }),
  ]
}
