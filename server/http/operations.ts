/** What waits in the playground: the operations of docs/operations that a first run needs, one tab each, in that order. */
import { readFile } from 'node:fs/promises'
import { inCheckout } from '../../setup/checkout.mjs'

export type ReadyMade = { query: string; variables: Record<string, unknown> | null }

/**
 * Names of files, with what fills their variables; an ellipsis stands for the id that an earlier answer brought. The first has
 * none: the playground shows the variables of a tab only once one has changed to it.
 */
const tabs: Readonly<Record<string, ReadyMade['variables']>> = {
  workflows: null,
  'create-project': { input: { name: 'My project', idempotencyKey: 'my-project' } },
  'start-run': {
    input: { projectId: 'prj_…', workflow: 'repository-audit', variables: { repo: '/path/to/a/repository' } },
  },
  'follow-run': { runId: 'run_…', after: 0 },
  artifacts: { id: 'run_…' },
  artifact: { id: 'art_…' },
}

/** Rejects where a file is missing: the documents are part of an installation. */
export function readOperations(): Promise<ReadyMade[]> {
  return Promise.all(
    Object.entries(tabs).map(async ([name, variables]) => ({
      query: await readFile(inCheckout('docs', 'operations', `${name}.graphql`), 'utf8'),
      variables,
    })),
  )
}
