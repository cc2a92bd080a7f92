/**
 * A workspace whose every change is recorded: after each step its tree is stored, and the step's event names the tree. A
 * worker that takes the task over begins with the last recorded tree and repeats at most the step that was under way.
 */

import type { Json } from '../domain/json.ts'
import type { RecordedCall, TaskContext, Workspace, WorkspaceRequest } from '../domain/ports.ts'

/** The largest tree that is stored after a step, in bytes. */
const maxTreeBytes = 256 * 1024 * 1024

/** Two blocks of zeros: an archive of nothing, which makes the folder. */
const emptyTar = new Uint8Array(1_024)

export type JournaledWorkspace = {
  /**
   * Runs `change` in the workspace and records its outcome with the tree that it left. A step that was recorded before is
   * not run again: its record is returned. Steps come in the same order each time that the task is done.
   */
  step(
    tool: string,
    summary: string,
    change: (workspace: Workspace) => Promise<{ output: Json; exitCode?: number | null }>,
  ): Promise<RecordedCall>
  close(): Promise<void>
}

/** Opens no sandbox before a step has to run. `folder` is where the tree stands inside, `tree` unless told. */
export function createJournaledWorkspace(
  context: TaskContext,
  request: WorkspaceRequest,
  folder = 'tree',
): JournaledWorkspace {
  let opened: Promise<Workspace> | null = null
  let recorded: string | null = null

  const open = async (): Promise<Workspace> => {
    const workspace = await context.sandbox.open(request)
    await workspace.unpack(folder, recorded === null ? emptyTar : await context.blobs.get(recorded))
    return workspace
  }

  return {
    async step(tool, summary, change) {
      const call = await context.journal(tool, summary, async () => {
        opened ??= open()
        const workspace = await opened
        const result = await change(workspace)
        const tree = await context.blobs.put(await workspace.pack(folder, maxTreeBytes))
        return { ...result, treeHash: tree.hash }
      })
      recorded = call.treeHash ?? recorded
      return call
    },
    async close() {
      await (await opened)?.close()
    },
  }
}
