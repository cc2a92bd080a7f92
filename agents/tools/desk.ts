/** Where an agent works: the workspace of its task, opened when something has to run there and never before. */
import type { JournalResult, RecordedCall, TaskContext, Workspace } from '../../domain/ports.ts'

/** Opens the workspace, where it is not open yet, with the tree that was recorded last. */
export type OpenDesk = () => Promise<Workspace>

export type Desk = {
  /** Runs a change and records its result with the tree that it left. A recorded one is not run again. */
  step(
    tool: string,
    summary: string,
    change: (workspace: Workspace) => Promise<Omit<JournalResult, 'treeHash'>>,
  ): Promise<RecordedCall>
  /** Runs something that changes nothing and records its result. The workspace is opened only if `work` asks for it. */
  look(tool: string, summary: string, work: (open: OpenDesk) => Promise<JournalResult>): Promise<RecordedCall>
  /** Ends whatever runs. Idempotent. */
  close(): Promise<void>
}

/** The largest tree that is stored after a step, in bytes. */
const mostTreeBytes = 256 * 1024 * 1024

export type DeskOptions = {
  /** A fresh workspace, with the tree in place where there is one yet. */
  open(tree: string | null): Promise<Workspace>
  /** What of the workspace is stored after each step. */
  folder: string
}

export function createDesk(context: TaskContext, { open, folder }: DeskOptions): Desk {
  let opened: Promise<Workspace> | null = null
  let recorded: string | null = null
  const workspace = (): Promise<Workspace> => {
    opened ??= open(recorded)
    return opened
  }
  return {
    async step(tool, summary, change) {
      const call = await context.journal(tool, summary, async () => {
        const place = await workspace()
        const result = await change(place)
        const tree = await context.blobs.put(await place.pack(folder, mostTreeBytes))
        return { ...result, treeHash: tree.hash }
      })
      recorded = call.treeHash ?? recorded
      return call
    },
    look: (tool, summary, work) => context.journal(tool, summary, () => work(workspace)),
    async close() {
      const place = await opened?.catch(() => null)
      await place?.close()
    },
  }
}
