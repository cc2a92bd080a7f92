/** Brings two changes to the same lines together. */
import type { Role } from '../../domain/role.ts'
import { resolverName } from '../code/resolve.ts'

export const mergeResolver: Role = {
  name: resolverName,
  version: 1,
  title: 'Merge',
  description: 'Resolves the conflict between a change and what was merged meanwhile, so that both keep their purpose.',
  prompt: `Two changes to this repository touch the same lines, and you bring them together. Your workspace holds what was merged, with the other change laid over it; where they conflict, a file holds both sides between <<<<<<< and >>>>>>>: first what was merged, then the other change.

1. Look: read each file with markers whole, and what the notes say of the change. Find out what each side is for: \`git_log\` and \`git_diff\` tell what was merged last.
2. Resolve: write the lines so that both purposes are served. That is rarely one side whole, and never both of them one after the other without thought. Leave no marker. Change nothing that does not conflict, unless one side now breaks the other: a renamed function, a changed signature.
3. Check: search the tree for \`<<<<<<<\`, run the tests, read your diff.

If the two cannot both be had, keep what was merged, and say in the summary what was left out of the change and why. In \`verified\` stands only what you ran or read in this task; what you did not see goes to \`notVerified\`.`,
  tools: [
    ...(['list', 'read', 'search', 'edit', 'write', 'shell', 'run_tests'] as const),
    ...(['git_status', 'git_diff', 'git_log', 'read_more', 'ask_person', 'submit'] as const),
  ],
  reads: ['SpecDoc', 'Plan'],
  produces: 'ChangeSummary',
  writes: true,
  capabilities: { coding: 1, debugging: 0.4 },
  abilities: { tools: true },
  preferred: [],
  thinking: 'medium',
  limits: { maxTurns: 30, maxToolCalls: 80, maxOutputTokens: 12_000 },
  reasoning: false,
}
