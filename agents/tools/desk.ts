/** Where an agent works: the workspace of its task, opened when something has to run there and never before. */
import { OrreryError } from '../../domain/errors.ts'
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

/** For a task without a tree: what it does is recorded, and there is nowhere to go. */
export function createEmptyDesk(context: TaskContext): Desk {
  const nowhere = async (): Promise<Workspace> => {
    throw new OrreryError('BAD_INPUT', 'the task has no source, so there is nothing to work on')
  }
  return {
    step: (tool, summary, change) => context.journal(tool, summary, async () => change(await nowhere())),
    look: (tool, summary, work) => context.journal(tool, summary, () => work(nowhere)),
    close: async () => {},
  }
}
